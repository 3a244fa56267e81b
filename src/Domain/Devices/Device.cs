using NodaTime;

namespace Gateway.Domain.Devices;

/// <summary>A device that was paired: who it is, and whether it may work.</summary>
/// <param name="Epoch">The journal that facts are accepted from.</param>
/// <param name="Refusal">Why it gets no work: <c>paused</c>, <c>quarantined</c> or <c>retired</c>; null when it does.</param>
public sealed record Device(
    Guid Id,
    string Name,
    string Model,
    string PublicKey,
    int Epoch,
    IReadOnlyList<DeviceSim> Sims,
    bool IsOnline,
    string? Refusal,
    Instant PairedAt,
    Instant LastSeenAt
)
{
    /// <summary>Folds one event into the state.</summary>
    public static Device? Evolve(Device? device, Guid id, object @event) =>
        (device, @event) switch
        {
            (_, DevicePaired e) => new Device(
                id,
                e.Name,
                e.Model,
                e.PublicKey,
                e.Epoch,
                e.Sims,
                false,
                device?.Refusal == Paused ? Paused : null,
                device?.PairedAt ?? e.At,
                e.At
            ),
            ({ } d, DeviceConnected e) => d with { IsOnline = true, Sims = e.Sims, LastSeenAt = e.At },
            ({ } d, DeviceWentSilent e) => d with { IsOnline = false, LastSeenAt = e.At },
            ({ } d, SimChanged e) => d with
            {
                Sims = [.. d.Sims.Select(s => s.Sim == e.Sim ? s with { Number = e.Number ?? s.Number } : s)],
            },
            ({ } d, DevicePaused) => d with { Refusal = d.Refusal ?? Paused },
            ({ } d, DeviceResumed) => d with { Refusal = d.Refusal == Retired ? Retired : null },
            ({ } d, DeviceQuarantined) => d with { Refusal = d.Refusal == Retired ? Retired : Quarantined },
            ({ } d, DeviceRetired) => d with { Refusal = Retired, IsOnline = false },
            _ => device,
        };

    /// <summary>Makes it part of the tenant's fleet; a repeated pairing of the same key changes nothing.</summary>
    public static Decision Pair(Device? device, DevicePaired paired) =>
        device is { Refusal: not Retired }
        && device.PublicKey == paired.PublicKey
        && device.Epoch >= paired.Epoch
            ? Decision.Nothing
            : Decision.Record(paired);

    /// <summary>Notes that its link is up.</summary>
    public static Decision Connect(Device? device, DeviceConnected connected) =>
        device switch
        {
            null => new DeviceIsUnknown(),
            { Refusal: Retired } => new DeviceIsRetired(),
            _ => Decision.Record(connected),
        };

    /// <summary>Notes that its link is gone.</summary>
    public static Decision GoSilent(Device? device, string reason, Instant at) =>
        device is { IsOnline: true } ? Decision.Record(new DeviceWentSilent(reason, at)) : Decision.Nothing;

    /// <summary>Stops giving it work; what it claimed it finishes.</summary>
    public static Decision Pause(Device? device, string reason, Instant at) =>
        device switch
        {
            null => new DeviceIsUnknown(),
            { Refusal: Retired } => new DeviceIsRetired(),
            { Refusal: null } => Decision.Record(new DevicePaused(reason, at)),
            _ => Decision.Nothing,
        };

    /// <summary>Gives it work again.</summary>
    public static Decision Resume(Device? device, Instant at) =>
        device switch
        {
            null => new DeviceIsUnknown(),
            { Refusal: Retired } => new DeviceIsRetired(),
            { Refusal: null } => Decision.Nothing,
            _ => Decision.Record(new DeviceResumed(at)),
        };

    /// <summary>Stops trusting it until somebody resumes it.</summary>
    public static Decision Quarantine(Device? device, string reason, Instant at) =>
        device is { Refusal: null or Paused }
            ? Decision.Record(new DeviceQuarantined(reason, at))
            : Decision.Nothing;

    /// <summary>Takes it out of the fleet for good.</summary>
    public static Decision Retire(Device? device, Instant at) =>
        device switch
        {
            null => new DeviceIsUnknown(),
            { Refusal: Retired } => Decision.Nothing,
            _ => Decision.Record(new DeviceRetired(at)),
        };

    private const string Paused = "paused";
    private const string Quarantined = "quarantined";
    private const string Retired = "retired";
}
