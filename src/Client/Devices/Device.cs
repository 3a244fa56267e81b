namespace Gateway.Client.Devices;

/// <summary>One phone or modem.</summary>
/// <param name="Status"><c>online</c>, <c>offline</c>, <c>paused</c>, <c>quarantined</c> or <c>retired</c>.</param>
/// <param name="Sims">As the device describes them.</param>
/// <param name="Live">With health and load, while its link is up; else empty.</param>
public sealed record Device(
    Guid Id,
    string Name,
    string Model,
    string Status,
    bool Connected,
    DateTimeOffset PairedAt,
    DateTimeOffset LastSeenAt,
    IReadOnlyList<DeviceSim> Sims,
    IReadOnlyList<LiveSim> Live
);

/// <summary>A SIM as the device describes it.</summary>
/// <param name="Sim">The device's own name for it, such as <c>sim1</c>.</param>
/// <param name="Number">E.164; null when the SIM doesn't tell.</param>
public sealed record DeviceSim(string Sim, string? Number, string? Operator);

/// <summary>A SIM as routing sees it.</summary>
/// <param name="Line">E.164, or a stable name where the number isn't known.</param>
/// <param name="Score">0 to 100; at 0 it carries nothing.</param>
/// <param name="Load">Messages it has on hand.</param>
/// <param name="Places">How many more it takes now.</param>
/// <param name="Refusal">Why it carries nothing at all now; null when it does.</param>
public sealed record LiveSim(
    Guid DeviceId,
    string Sim,
    string Line,
    int Score,
    int Load,
    int Places,
    string? Refusal
);

/// <summary>A code that lets one device in.</summary>
/// <param name="Code">Shown once; ten characters in two groups.</param>
public sealed record PairingCode(string Code, DateTimeOffset ExpiresAt);
