using Gateway.Domain.Devices;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Application.Devices;

/// <summary>The devices of an installation and whose they are: asked before the tenant is known, and by decisions.</summary>
public sealed record DeviceRoster(Guid Id, string Tenant, bool IsOnline, Device Device);

/// <summary>Keeps <see cref="DeviceRoster"/> in the transaction of the device's own events.</summary>
public sealed class DeviceRosterProjection : SingleStreamProjection<DeviceRoster, Guid>
{
    public DeviceRosterProjection()
    {
        Name = "DeviceRoster";
        IncludeType<DeviceEvent>();
    }

    public override DeviceRoster? Evolve(DeviceRoster? entry, Guid id, IEvent e) =>
        Device.Evolve(entry?.Device, id, e.Data) is { } device
            ? new(id, e.TenantId, device.IsOnline, device)
            : null;
}
