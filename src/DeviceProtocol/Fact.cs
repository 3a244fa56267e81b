namespace Gateway.DeviceProtocol;

/// <summary>
/// One numbered, durable statement of a device. Which members are set depends on <paramref name="K"/>.
/// </summary>
/// <param name="N">1, 2, 3 … within the epoch.</param>
/// <param name="At">Unix milliseconds by the device's wall clock: information, never an order.</param>
/// <param name="Up">Milliseconds since <c>boot</c>, monotonic.</param>
/// <param name="K">One of <see cref="FactKind"/>; an unknown kind is kept and acknowledged.</param>
/// <param name="M">The message, where the fact is about one.</param>
/// <param name="F">The fence it was submitted or refused under.</param>
/// <param name="Part">Counted from 1.</param>
/// <param name="Mr">The message reference the network gave, 0 to 255.</param>
/// <param name="Result">One of <see cref="SettledResult"/>.</param>
/// <param name="Class">Why a part failed (<see cref="FailureClass"/>), or an inbound's class <c>0</c> to <c>3</c>.</param>
/// <param name="Code">The network's or radio's number for a failure.</param>
/// <param name="Status">TP-ST of a delivery report, 0 to 255: 0 delivered (3GPP TS 23.040, 9.2.3.15).</param>
/// <param name="CentreAt">Unix milliseconds by the service centre's clock.</param>
/// <param name="Key">Names an inbound text across uploads: the same key is the same text.</param>
/// <param name="FromType"><c>international</c>, <c>national</c> or <c>alphanumeric</c>.</param>
/// <param name="Boot">The run that started, in <c>started</c>.</param>
public sealed record Fact(
    long N,
    long At,
    long Up,
    string K,
    Guid? M = null,
    int? F = null,
    int? Part = null,
    int? Of = null,
    int? Mr = null,
    string? Sim = null,
    string? Result = null,
    string? Class = null,
    int? Code = null,
    string? Text = null,
    FactEvidence? Evidence = null,
    int? Status = null,
    string? To = null,
    long? CentreAt = null,
    long? DoneAt = null,
    string? Raw = null,
    string? Key = null,
    string? From = null,
    string? FromType = null,
    int? Parts = null,
    string? DataHex = null,
    int? Port = null,
    string? State = null,
    string? Number = null,
    string? Iccid = null,
    string? ImsiHash = null,
    string? Reason = null,
    string? Alarm = null,
    int? Rev = null,
    string? Boot = null,
    string? PreviousExit = null
) : UpFrame;

/// <summary>What a device knows about a message whose outcome it can't simply state.</summary>
/// <param name="Why">One sentence for a person.</param>
/// <param name="Stage">How far the submission had come: <c>intent opened prompted writing written</c>.</param>
/// <param name="IntentAt">Unix milliseconds by the device's clock.</param>
/// <param name="Lines">Last lines on the wire, masked.</param>
/// <param name="Radio">The modem's identity.</param>
/// <param name="Boot">The run that had the intent.</param>
public sealed record FactEvidence(
    string Why,
    string? Stage = null,
    long? IntentAt = null,
    IReadOnlyList<string>? Lines = null,
    string? Radio = null,
    string? Boot = null
);

/// <summary>The kinds of <see cref="Fact.K"/>.</summary>
public static class FactKind
{
    public const string PartAccepted = "part.accepted";
    public const string PartRefused = "part.refused";
    public const string PartNeverLeft = "part.neverLeft";
    public const string Settled = "settled";
    public const string RefusedFence = "refusedFence";
    public const string NotSent = "notSent";
    public const string Doubt = "doubt";
    public const string Report = "report";
    public const string Inbound = "inbound";
    public const string InboundPartial = "inbound.partial";
    public const string Undecodable = "undecodable";
    public const string Radio = "radio";
    public const string Sim = "sim";
    public const string Alarm = "alarm";
    public const string SettingsApplied = "settings.applied";
    public const string Started = "started";
}

/// <summary>The words of <see cref="Fact.Result"/> in a <c>settled</c> fact.</summary>
public static class SettledResult
{
    /// <summary>Every part was accepted.</summary>
    public const string Ok = "ok";

    /// <summary>The network refused a part; with <see cref="Fact.Part"/> above 1, earlier ones have left.</summary>
    public const string Refused = "refused";

    /// <summary>A part never left; with <see cref="Fact.Part"/> above 1, earlier ones have left.</summary>
    public const string NeverLeft = "neverLeft";

    /// <summary>A part may or may not have left; the rest was not submitted.</summary>
    public const string Uncertain = "uncertain";
}

/// <summary>Why a part was refused or never left, as far as another try is concerned.</summary>
public static class FailureClass
{
    /// <summary>This message won't go from anywhere: a bad number, a barred recipient.</summary>
    public const string Permanent = "permanent";

    /// <summary>It may go later or from another SIM.</summary>
    public const string Temporary = "temporary";

    /// <summary>The centre already has it: an earlier try was accepted.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The SIM or the radio is at fault, not the message.</summary>
    public const string Radio = "radio";
}
