using Gateway.Application.Devices;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Marten;
using NodaTime;
using Wolverine;

namespace Gateway.Application.Messages;

/// <summary>Look at messages whose time came: due, expired, lease lapsed, claim unanswered, or held while a device is up.</summary>
public sealed record WakeMessages(IReadOnlyList<WaitingMessage> Messages);

/// <summary>Decides on the streams what time or a device that came back brought about.</summary>
public static class WakeMessagesHandler
{
    private static readonly Origin Clock = Origin.System("clock");

    public static async Task<OutgoingMessages> Handle(
        WakeMessages command,
        Envelope envelope,
        IDocumentSession session,
        RecentStreams<Message> recent,
        Fleet fleet,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var sims = fleet.Snapshot(envelope.TenantId!);
        var messages = new StreamSet<Message>(session, Message.Evolve, recent);
        await messages.LoadFresh(command.Messages.Select(message => message.Id), cancellation);

        var waiting = new List<WaitingMessage>();
        foreach (var message in command.Messages)
        {
            messages.Decide(message.Id, Clock, m => Message.Wake(m, now));
            if (messages[message.Id]?.Status is MessageStatus.Held && CouldGo(message, sims))
            {
                messages.Decide(message.Id, Clock, m => Message.Release(m, now));
            }

            if (messages[message.Id]?.Status is MessageStatus.Queued)
            {
                waiting.Add(message);
            }
        }

        messages.Append();
        return waiting.Count > 0 ? [new RouteMessages(waiting)] : [];
    }

    /// <summary>Whether some SIM could carry it, now or when it is less busy.</summary>
    public static bool CouldGo(WaitingMessage message, IReadOnlyList<FleetSim> sims) =>
        Routing.Choose(new(message.To, message.Line, message.DeviceId, null), sims).HoldReason is null;
}
