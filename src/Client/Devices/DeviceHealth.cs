namespace Gateway.Client.Devices;

/// <summary>How a device did at one moment.</summary>
/// <param name="Battery">Percent; null when it has none or doesn't tell.</param>
/// <param name="TemperatureTenths">Tenths of a degree Celsius; null when unknown.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="At">By the device's clock.</param>
public sealed record DeviceHealth(
    Guid DeviceId,
    int? Battery,
    string? Power,
    int? TemperatureTenths,
    string? Link,
    IReadOnlyList<SimHealth> Sims,
    IReadOnlyList<string> Problems,
    int Score,
    DateTimeOffset At
);

/// <summary>How one SIM did.</summary>
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
