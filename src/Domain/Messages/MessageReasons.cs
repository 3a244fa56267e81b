namespace Gateway.Domain.Messages;

/// <summary>Stable codes that stand in events and answers as the reason of something.</summary>
public static class MessageReasons
{
    public const string LeaseLapsed = "lease_lapsed";
    public const string Declined = "declined";
    public const string NeverLeft = "never_left";
    public const string NotSent = "not_sent";
    public const string Revoked = "device_revoked";
    public const string NoDeviceOnline = "no_device_online";
    public const string NoHealthySim = "no_healthy_sim";
    public const string NoSuchLine = "no_such_line";
    public const string Refused = "refused";
    public const string TriesExhausted = "tries_exhausted";
    public const string NoAnswer = "no_answer_after_claim";
    public const string DeviceUnsure = "device_unsure";
}

/// <summary>What <see cref="SegmentReported.Outcome"/> may say.</summary>
public static class SegmentOutcomes
{
    public const string Accepted = "accepted";
    public const string Refused = "refused";
    public const string Delivered = "delivered";
    public const string Unconfirmed = "unconfirmed";
    public const string Pending = "pending";
    public const string Undelivered = "undelivered";
}

/// <summary>What <see cref="MessageDoubtResolved.How"/> may say.</summary>
public static class DoubtAnswers
{
    public const string Sent = "sent";
    public const string NotSent = "not_sent";

    /// <summary>What <see cref="MessageDoubtResolved.Evidence"/> says when a person decided.</summary>
    public const string ByPerson = "person";
}
