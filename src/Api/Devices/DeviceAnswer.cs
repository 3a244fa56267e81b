using Gateway.Application.Devices;
using Gateway.Domain.Devices;
using NodaTime;

namespace Gateway.Api.Devices;

/// <summary>One device.</summary>
/// <param name="Status"><c>online</c>, <c>offline</c>, <c>paused</c>, <c>quarantined</c> or <c>retired</c>.</param>
/// <param name="Sims">With health and load where its link is up.</param>
public sealed record DeviceAnswer(
    Guid Id,
    string Name,
    string Model,
    string Status,
    bool Connected,
    Instant PairedAt,
    Instant LastSeenAt,
    IReadOnlyList<DeviceSim> Sims,
    IReadOnlyList<FleetSim> Live
)
{
    /// <summary>As it is now; <paramref name="live"/> is its link, null without one.</summary>
    public static DeviceAnswer Of(Device device, LiveDevice? live) =>
        Of(device, live is not null, live is null ? [] : [.. live.Snapshot()]);

    /// <summary>As its facts alone say.</summary>
    public static DeviceAnswer Of(Device device) => Of(device, device.IsOnline, []);

    private static DeviceAnswer Of(Device device, bool isOnline, IReadOnlyList<FleetSim> live) =>
        new(
            device.Id,
            device.Name,
            device.Model,
            device.Refusal ?? (isOnline ? "online" : "offline"),
            isOnline,
            device.PairedAt,
            device.LastSeenAt,
            device.Sims,
            live
        );
}
