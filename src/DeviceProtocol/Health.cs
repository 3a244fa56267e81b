namespace Gateway.DeviceProtocol;

/// <summary>How a device is, now. Unknown is null, never 0; the latest frame wins.</summary>
/// <param name="At">Unix milliseconds by the device's clock.</param>
/// <param name="Up">Milliseconds since boot; never goes back within a boot.</param>
/// <param name="Rev">The settings revision in force.</param>
/// <param name="Problems">Codes such as <c>battery.optimiser</c>; empty when there is nothing to say.</param>
public sealed record Health(
    long At,
    long Up,
    int Rev,
    DeviceReading Device,
    IReadOnlyList<SimReading> Sims,
    JournalReading Journal,
    IReadOnlyList<string> Problems
) : UpFrame;

/// <summary>The device itself.</summary>
/// <param name="ClockSkewMs">Device clock minus gateway clock, from the last <see cref="Challenge"/>.</param>
/// <param name="Link"><c>wifi</c>, <c>cellular</c>, <c>ethernet</c>.</param>
/// <param name="Agent">The agent's version.</param>
public sealed record DeviceReading(
    BatteryReading? Battery = null,
    double? TempC = null,
    long? StorageFreeMb = null,
    long? MemFreeMb = null,
    long? ClockSkewMs = null,
    string? Link = null,
    string? Agent = null,
    string? Os = null
);

/// <summary>The device's battery.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="State"><c>charging</c>, <c>discharging</c>, <c>full</c>.</param>
/// <param name="Plugged"><c>none</c>, <c>ac</c>, <c>usb</c>, <c>wireless</c>.</param>
public sealed record BatteryReading(
    double? Percent = null,
    string? State = null,
    double? TempC = null,
    string? Plugged = null
);

/// <summary>One SIM and the network it sees.</summary>
/// <param name="Sim">The device's name for the SIM.</param>
/// <param name="Slot">Counted from 1.</param>
/// <param name="State"><c>ready</c>, <c>absent</c>, <c>locked</c>, <c>blocked</c>.</param>
/// <param name="Registration"><c>home</c>, <c>roaming</c>, <c>searching</c>, <c>denied</c>, <c>none</c>.</param>
/// <param name="Dbm">Signal strength, negative.</param>
/// <param name="Bars">0 to 5.</param>
/// <param name="Radio"><c>on</c> or <c>off</c>.</param>
/// <param name="Queue">Leases held and not yet submitted.</param>
/// <param name="InFlight">0 or 1.</param>
public sealed record SimReading(
    string Sim,
    int? Slot = null,
    string? State = null,
    string? IccidLast4 = null,
    string? Number = null,
    string? Operator = null,
    string? Mccmnc = null,
    string? Registration = null,
    string? Tech = null,
    int? Dbm = null,
    int? Bars = null,
    bool? Roaming = null,
    StoreReading? Store = null,
    bool? ServiceCentre = null,
    string? Radio = null,
    int Queue = 0,
    int InFlight = 0,
    long? LastSentAt = null,
    long? LastInboundAt = null,
    WindowReading? Window = null,
    SimCounters? Counters = null
);

/// <summary>The SIM's own message store, in places.</summary>
public sealed record StoreReading(int Used, int Of);

/// <summary>The rolling window of the pacing.</summary>
/// <param name="Limit">Parts in 60 seconds; null when there is no limit.</param>
public sealed record WindowReading(int Parts60s, int? Limit = null);

/// <summary>Parts and texts since boot; they never go back within a boot.</summary>
public sealed record SimCounters(
    long Accepted = 0,
    long Refused = 0,
    long NeverLeft = 0,
    long Unknown = 0,
    long Reports = 0,
    long Inbound = 0
);

/// <summary>What the journal still owes the gateway.</summary>
/// <param name="Facts">Not yet acknowledged.</param>
/// <param name="OldestMs">Age of the oldest of them.</param>
public sealed record JournalReading(long Facts, long OldestMs, long Bytes);
