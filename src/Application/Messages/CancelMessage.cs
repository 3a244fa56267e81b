using Gateway.Application.Devices;
using Gateway.DeviceProtocol;
using Gateway.Domain;
using Gateway.Domain.Messages;
using NodaTime;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Messages;

/// <summary>Stop a message that has not left yet.</summary>
public sealed record CancelMessage(Guid MessageId);

/// <summary>Tell a device to drop a message that it may hold.</summary>
public sealed record DropLease(Guid DeviceId, Guid MessageId, int Fence);

public static class CancelMessageHandler
{
    public static (Decision, Events, OutgoingMessages) Handle(
        CancelMessage command,
        [WriteModel] Message? message,
        IClock clock
    )
    {
        var decision = Message.Cancel(message, clock.GetCurrentInstant());
        OutgoingMessages drop =
            decision.Rejection is null
            && message?.LastAttempt is { IsLeased: true, Device: { } device } attempt
                ? [new DropLease(device, message.Id, attempt.Fence)]
                : [];
        return (decision, [.. decision.Events], drop);
    }
}

/// <summary>Acts on <see cref="DropLease"/>; a device that doesn't hear it is refused at its claim.</summary>
public static class DropLeaseHandler
{
    public static void Handle(DropLease command, Envelope envelope, Fleet fleet) =>
        fleet
            .Find(envelope.TenantId!, command.DeviceId)
            ?.Link.Send(new Cancel(command.MessageId, command.Fence));
}
