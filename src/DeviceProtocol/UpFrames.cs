namespace Gateway.DeviceProtocol;

/// <summary>The device's answer to <see cref="Challenge"/>: who it is, the proof, and what it holds.</summary>
/// <param name="Epoch">Counts the device's journals; a lost journal starts a new epoch.</param>
/// <param name="Boot">A random word for this run of the agent; <c>up</c> times count from it.</param>
/// <param name="Agent">The agent's version, such as <c>1.4.0</c>.</param>
/// <param name="Sig">Over <see cref="Proof.Hello"/>.</param>
/// <param name="LastN">The highest fact number in the journal; 0 when there is none.</param>
/// <param name="Free">Places for further leases, per SIM.</param>
public sealed record Hello(
    Guid Device,
    int Epoch,
    string Boot,
    string Agent,
    string Sig,
    long LastN,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<RadioSim> Radios,
    IReadOnlyDictionary<string, int> Free
) : UpFrame;

/// <summary>A message the device still knows about.</summary>
/// <param name="F">The fence it holds the message under.</param>
/// <param name="State">One of <see cref="HoldState"/>.</param>
public sealed record Hold(Guid M, int F, string State);

/// <summary>The words of <see cref="Hold.State"/>.</summary>
public static class HoldState
{
    /// <summary>Leased, not yet claimed: nothing can have left.</summary>
    public const string Taken = "taken";

    /// <summary>A claim was sent and not yet answered.</summary>
    public const string Claiming = "claiming";

    /// <summary>Claimed and in hand: parts may have left.</summary>
    public const string Submitting = "submitting";

    /// <summary>Settled; the facts are on their way.</summary>
    public const string Settled = "settled";
}

/// <summary>One SIM that a device offers, and what its radio can do.</summary>
/// <param name="Sim">The device's name for the SIM, such as <c>sim1</c>; stable within an epoch.</param>
/// <param name="Number">E.164, null when the SIM doesn't know its own number.</param>
/// <param name="Operator">As the network names itself; null when not registered.</param>
public sealed record RadioSim(
    string Sim,
    RadioCapabilities Capabilities,
    string? Number = null,
    string? Operator = null
);

/// <summary>What a radio can say and do. The gateway never promises more than this.</summary>
/// <param name="DeliveryReports"><c>none</c>, <c>lastPart</c> or <c>allParts</c>.</param>
/// <param name="RadioVerdict"><c>none</c>, <c>readBack</c> or <c>code</c>.</param>
/// <param name="Inbound"><c>push</c>, or <c>poll</c> with <paramref name="PollSeconds"/>.</param>
/// <param name="StoredStatus"><c>unproven</c> or <c>proven</c>: may a stored copy be believed after a crash?</param>
/// <param name="MaxPartsPerMinute">Null when the radio states no limit.</param>
public sealed record RadioCapabilities(
    string DeliveryReports = "none",
    string RadioVerdict = "none",
    string Inbound = "push",
    int? PollSeconds = null,
    bool Classes = false,
    bool DataPorts = false,
    bool Validity = false,
    bool Signal = false,
    bool Battery = false,
    bool Temperature = false,
    string StoredStatus = "unproven",
    int? MaxPartsPerMinute = null
);

/// <summary>The device accepts a lease.</summary>
public sealed record Taken(Guid M, int F) : UpFrame;

/// <summary>The device gives a lease back; nothing was sent and nothing will be under this fence.</summary>
/// <param name="Reason">One of <see cref="DeclineReason"/>.</param>
public sealed record Declined(Guid M, int F, string Reason) : UpFrame;

/// <summary>The words of <see cref="Declined.Reason"/>.</summary>
public static class DeclineReason
{
    public const string StaleFence = "staleFence";
    public const string RefusedFence = "refusedFence";
    public const string IntentExists = "intentExists";
    public const string UnknownSim = "unknownSim";
    public const string SimNotReady = "simNotReady";
    public const string NoPlace = "noPlace";
    public const string PartsDiffer = "partsDiffer";
    public const string TooLate = "tooLate";
    public const string Draining = "draining";
    public const string Paused = "paused";
    public const string Unsupported = "unsupported";
    public const string Cancelled = "cancelled";
    public const string LeaseLapsed = "leaseLapsed";
    public const string ClaimUnanswered = "claimUnanswered";
}

/// <summary>May the device submit this message now? Asked again with the same fence, the answer is the same.</summary>
public sealed record Claim(Guid M, int F) : UpFrame;

/// <summary>The device waits for its turn on the SIM and asks to keep the lease a while.</summary>
public sealed record Renew(Guid M, int F) : UpFrame;

/// <summary>More work, please.</summary>
/// <param name="Free">Places for further leases, per SIM.</param>
public sealed record Ask(IReadOnlyDictionary<string, int> Free) : UpFrame;

/// <summary>The answer to <see cref="Ping"/>.</summary>
public sealed record Pong : UpFrame;

/// <summary>Diagnostic lines, sent when asked for; no numbers and no texts.</summary>
public sealed record Log(IReadOnlyList<string> Lines) : UpFrame;
