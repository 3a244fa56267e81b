using Gateway.Domain;
using Gateway.Domain.Devices;
using NodaTime;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Devices;

/// <summary>The link of a device came up.</summary>
public sealed record ConnectDevice(Guid DeviceId, string Boot, string Agent, IReadOnlyList<DeviceSim> Sims);

/// <summary>The link of a device is gone for longer than we wait.</summary>
public sealed record MarkDeviceSilent(Guid DeviceId, string Reason);

/// <summary>Something is wrong with the device's identity or journal; don't trust it until somebody looks.</summary>
public sealed record QuarantineDevice(Guid DeviceId, string Reason);

/// <summary>Give a device no more work; what it has claimed it finishes.</summary>
public sealed record PauseDevice(Guid DeviceId, string Reason);

/// <summary>Give it work again.</summary>
public sealed record ResumeDevice(Guid DeviceId);

/// <summary>Take a device out of the fleet for good.</summary>
public sealed record RetireDevice(Guid DeviceId);

public static class ConnectDeviceHandler
{
    public static (Decision, Events) Handle(ConnectDevice command, [WriteModel] Device? device, IClock clock)
    {
        var connected = new DeviceConnected(
            command.Boot,
            command.Agent,
            command.Sims,
            clock.GetCurrentInstant()
        );
        var decision = Device.Connect(device, connected);
        return (decision, [.. decision.Events]);
    }
}

public static class MarkDeviceSilentHandler
{
    public static Events Handle(MarkDeviceSilent command, [WriteModel] Device? device, IClock clock) =>
        [.. Device.GoSilent(device, command.Reason, clock.GetCurrentInstant()).Events];
}

public static class QuarantineDeviceHandler
{
    public static Events Handle(
        QuarantineDevice command,
        [WriteModel] Device? device,
        Fleet fleet,
        Envelope envelope,
        IClock clock
    )
    {
        fleet.Refuse(envelope.TenantId!, command.DeviceId, "quarantined");
        return [.. Device.Quarantine(device, command.Reason, clock.GetCurrentInstant()).Events];
    }
}

public static class PauseDeviceHandler
{
    public static (Decision, Events) Handle(
        PauseDevice command,
        [WriteModel] Device? device,
        Fleet fleet,
        Envelope envelope,
        IClock clock
    )
    {
        var decision = Device.Pause(device, command.Reason, clock.GetCurrentInstant());
        if (decision.IsChange)
        {
            fleet.Refuse(envelope.TenantId!, command.DeviceId, "paused");
        }

        return (decision, [.. decision.Events]);
    }
}

public static class ResumeDeviceHandler
{
    public static (Decision, Events) Handle(
        ResumeDevice command,
        [WriteModel] Device? device,
        Fleet fleet,
        Envelope envelope,
        IClock clock
    )
    {
        var decision = Device.Resume(device, clock.GetCurrentInstant());
        if (decision.IsChange)
        {
            fleet.Refuse(envelope.TenantId!, command.DeviceId, null);
        }

        return (decision, [.. decision.Events]);
    }
}

public static class RetireDeviceHandler
{
    public static (Decision, Events) Handle(
        RetireDevice command,
        [WriteModel] Device? device,
        Fleet fleet,
        Envelope envelope,
        IClock clock
    )
    {
        var decision = Device.Retire(device, clock.GetCurrentInstant());
        if (decision.IsChange)
        {
            fleet.Find(envelope.TenantId!, command.DeviceId)?.Link.Close(4403, "The device was retired.");
        }

        return (decision, [.. decision.Events]);
    }
}
