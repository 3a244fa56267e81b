using System.Collections.Concurrent;
using Gateway.Domain.Devices;

namespace Gateway.Application.Devices;

/// <summary>The devices whose links end at this node. In memory; after a restart it fills as they reconnect.</summary>
public sealed class Fleet
{
    private readonly ConcurrentDictionary<Guid, LiveDevice> devices = new();

    /// <summary>Puts a device in; returns the one it takes the place of, whose link must be closed.</summary>
    public LiveDevice? Join(LiveDevice device)
    {
        LiveDevice? former = null;
        devices.AddOrUpdate(
            device.Id,
            device,
            (_, known) =>
            {
                former = known;
                return device;
            }
        );
        return former;
    }

    /// <summary>Takes a device out, unless a newer link took its place.</summary>
    public bool Leave(LiveDevice device) => devices.TryRemove(new(device.Id, device));

    /// <summary>The device if its link is up and it belongs to the tenant.</summary>
    public LiveDevice? Find(string tenant, Guid id) =>
        devices.TryGetValue(id, out var device) && device.Tenant == tenant ? device : null;

    /// <summary>Stops or resumes giving it work, at once; null resumes.</summary>
    public void Refuse(string tenant, Guid id, string? reason)
    {
        if (Find(tenant, id) is { } device)
        {
            device.Refusal = reason;
        }
    }

    /// <summary>All devices of a tenant whose links are up.</summary>
    public IReadOnlyList<LiveDevice> Of(string tenant) =>
        [.. devices.Values.Where(device => device.Tenant == tenant)];

    /// <summary>All SIMs of a tenant as routing sees them now.</summary>
    public List<FleetSim> Snapshot(string tenant) => [.. Of(tenant).SelectMany(device => device.Snapshot())];

    /// <summary>Tenants with a device online.</summary>
    public IReadOnlyList<string> Tenants() => [.. devices.Values.Select(device => device.Tenant).Distinct()];

    /// <summary>How many links are up.</summary>
    public int Count => devices.Count;
}
