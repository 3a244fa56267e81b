using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.DeviceProtocol;
using Gateway.Domain.Devices;
using Wolverine;

namespace Gateway.Api.Devices.AgentV1;

/// <summary>What a device says once it is welcome.</summary>
public sealed class DeviceWords(IServiceScopeFactory scopes, DeviceInbox inbox, WaitingLine line)
{
    /// <summary>Sorts a frame: to the inbox what is decided on streams, the rest to the fleet.</summary>
    public async Task Take(LiveDevice device, UpFrame frame)
    {
        switch (frame)
        {
            case Ask ask:
                foreach (var (sim, free) in ask.Free)
                {
                    device.SetSim(sim, null, free);
                }

                if (line.Count(device.Tenant) > 0)
                {
                    await Send(device, new RouteMessages([]));
                }

                break;
            case Health health:
                await Take(device, HealthReadings.Read(device.Id, health));
                break;
            case Fact fact:
                inbox.Add(new(device, fact.Storable()));
                break;
            case Claim or Declined or Renew:
                inbox.Add(new(device, frame));
                break;
        }
    }

    private async Task Take(LiveDevice device, DeviceHealthReported health)
    {
        foreach (var sim in health.Sims)
        {
            device.SetScore(sim.Sim, sim.Score);
        }

        if (HealthReadings.IsMaterial(device.StoredHealth, health))
        {
            device.StoredHealth = health;
            await Send(device, new RecordHealth(health));
        }
    }

    private async Task Send(LiveDevice device, object command)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        await bus.SendAsync(command, new DeliveryOptions { TenantId = device.Tenant });
    }
}
