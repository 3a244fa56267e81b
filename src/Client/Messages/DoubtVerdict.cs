namespace Gateway.Client.Messages;

/// <summary>What a person may say about a message that is <see cref="MessageStatus.InDoubt"/>.</summary>
public static class DoubtVerdict
{
    /// <summary>It left.</summary>
    public const string Sent = "sent";

    /// <summary>It didn't leave, and waits for a device again.</summary>
    public const string NotSent = "notSent";

    /// <summary>It may have left, and goes out once more all the same.</summary>
    public const string Resend = "resend";
}

/// <summary>As it goes over the wire.</summary>
internal sealed record DoubtAnswer(string As, string? Note);
