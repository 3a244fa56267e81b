using NodaTime;

namespace Gateway.Domain.Devices;

/// <summary>A fact in the life of a device: an Android phone or a GSM modem with its agent.</summary>
public abstract record DeviceEvent(Instant At);

/// <summary>It proved a key of its own and belongs to the tenant from now on.</summary>
/// <param name="PublicKey">ECDSA P-256, SubjectPublicKeyInfo in base64. The private key never leaves the device.</param>
/// <param name="Epoch">Counts the journals of the device from 1; facts are numbered within one.</param>
public sealed record DevicePaired(
    string Name,
    string Model,
    string PublicKey,
    int Epoch,
    IReadOnlyList<DeviceSim> Sims,
    Instant At
) : DeviceEvent(At);

/// <summary>A SIM as the device describes it.</summary>
/// <param name="Sim">The device's own name for it, such as <c>sim1</c>.</param>
/// <param name="Number">E.164; null when the SIM doesn't tell.</param>
public sealed record DeviceSim(string Sim, string? Number, string? Operator);

/// <summary>A pairing code let a device in, and lets in no other. Its stream is the code's own.</summary>
public sealed record PairingCodeUsed(Guid DeviceId, Instant At);

/// <summary>Its link came up.</summary>
/// <param name="Boot">Names one run of the agent.</param>
public sealed record DeviceConnected(string Boot, string Agent, IReadOnlyList<DeviceSim> Sims, Instant At)
    : DeviceEvent(At);

/// <summary>Its link is gone and didn't come back within the patience we have.</summary>
/// <param name="Reason"><c>closed</c>, <c>no_pong</c>, <c>superseded</c> or <c>gateway_stopped</c>.</param>
public sealed record DeviceWentSilent(string Reason, Instant At) : DeviceEvent(At);

/// <summary>Another SIM, or another state of it.</summary>
/// <param name="State"><c>ready</c>, <c>absent</c>, <c>pin</c> or <c>puk</c>.</param>
public sealed record SimChanged(string Sim, string State, string? IccidLast4, string? Number, Instant At)
    : DeviceEvent(At);

/// <summary>It gets no new work by somebody's wish.</summary>
public sealed record DevicePaused(string Reason, Instant At) : DeviceEvent(At);

/// <summary>It gets work again.</summary>
public sealed record DeviceResumed(Instant At) : DeviceEvent(At);

/// <summary>It isn't trusted until somebody looks at it, for example because its journal went back in time.</summary>
public sealed record DeviceQuarantined(string Reason, Instant At) : DeviceEvent(At);

/// <summary>It doesn't belong to the tenant any more; its key is void.</summary>
public sealed record DeviceRetired(Instant At) : DeviceEvent(At);

/// <summary>A delivery report came that belongs to no message we know; kept, because it may be explained later.</summary>
/// <param name="Reference">TP-MR, 0 to 255.</param>
/// <param name="Status">TP-Status, 0 to 255.</param>
/// <param name="To">The recipient as the report names it.</param>
/// <param name="At">By the device's clock.</param>
public sealed record ReportUnmatched(
    string Sim,
    int? Reference,
    int Status,
    string To,
    string? Raw,
    Instant At
) : DeviceEvent(At);

/// <summary>How a device does; in a stream of its own per device and day. On every material change, else every five minutes.</summary>
/// <param name="Battery">Percent; null when it has none or doesn't tell.</param>
/// <param name="TemperatureTenths">Tenths of a degree Celsius; null when unknown.</param>
/// <param name="At">By the device's clock.</param>
public sealed record DeviceHealthReported(
    Guid DeviceId,
    int? Battery,
    string? Power,
    int? TemperatureTenths,
    string? Link,
    IReadOnlyList<SimHealth> Sims,
    IReadOnlyList<string> Problems,
    int Score,
    Instant At
);

/// <summary>How one SIM does.</summary>
/// <param name="Registration"><c>home</c>, <c>roaming</c>, <c>searching</c>, <c>denied</c>; null when unknown.</param>
/// <param name="Dbm">Signal in dBm, negative; null when unknown.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Deductions">Why it isn't 100, each with its cost, such as <c>battery_low -40</c>.</param>
public sealed record SimHealth(
    string Sim,
    string State,
    string? Registration,
    string? Operator,
    int? Dbm,
    int? StoreUsed,
    int? StoreSize,
    int Score,
    IReadOnlyList<string> Deductions
);
