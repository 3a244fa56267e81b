using Gateway.Application.Devices;
using Gateway.Domain;
using Gateway.Domain.Consent;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Marten;
using Wolverine;

namespace Gateway.Application.Messages;

/// <summary>One order at the door.</summary>
/// <param name="MessageId">The same id twice is the same request.</param>
public sealed record Order(Guid MessageId, MessageQueued Queued, Origin Origin);

/// <summary>Accept several orders of one tenant in one transaction.</summary>
public sealed record QueueMessages(IReadOnlyList<Order> Orders);

/// <summary>What became of one order.</summary>
/// <param name="Queued">The order as it stands in the store; the first one where it was repeated.</param>
/// <param name="Rejection">Null when it was accepted, now or before.</param>
public sealed record OrderAnswer(Guid MessageId, MessageQueued Queued, Rejection? Rejection);

/// <summary>The answers, in the order of the orders.</summary>
public sealed record QueueAnswers(IReadOnlyList<OrderAnswer> Answers);

/// <summary>
/// Starts a stream for each order without looking first: the store refuses a stream that exists. Then the whole
/// transaction fails, and the door sorts out who it was. What nobody can carry is held at once.
/// </summary>
public static class QueueMessagesHandler
{
    public static async Task<(QueueAnswers, OutgoingMessages)> Handle(
        QueueMessages command,
        Envelope envelope,
        IDocumentSession session,
        RecentStreams<Message> recent,
        Fleet fleet,
        SendingRules rules,
        CancellationToken cancellation
    )
    {
        var optedOut = await OptedOut(command.Orders, session, cancellation);
        var hasDevices = fleet.Of(envelope.TenantId!).Count > 0;
        var messages = new StreamSet<Message>(session, Message.Evolve, recent);
        var answers = new List<OrderAnswer>(command.Orders.Count);
        var waiting = new List<WaitingMessage>();
        foreach (var (id, queued, origin) in command.Orders)
        {
            messages.Begin(id);
            var decision = messages.Decide(id, origin, m => Decide(m, queued, optedOut, rules));
            answers.Add(new(id, messages[id]?.Order ?? queued, decision.Rejection));
            if (!decision.IsChange || queued.SendAt is not null)
            {
                continue;
            }

            if (hasDevices)
            {
                waiting.Add(WaitingMessage.Of(id, queued));
            }
            else
            {
                Hold(messages, id, queued);
            }
        }

        messages.Append();
        return (new(answers), waiting.Count > 0 ? [new RouteMessages(waiting)] : []);
    }

    private static Decision Decide(
        Message? known,
        MessageQueued queued,
        HashSet<Guid> optedOut,
        SendingRules rules
    ) =>
        queued.Segments > rules.MostSegments ? new MessageIsTooLong(queued.Segments, rules.MostSegments)
        : optedOut.Contains(ConsentState.IdOf(queued.To.Value)) ? new RecipientHasOptedOut()
        : Message.Queue(known, queued);

    private static void Hold(StreamSet<Message> messages, Guid id, MessageQueued queued)
    {
        var nobody = Routing.Choose(new(queued.To.Value, queued.From?.Value, queued.DeviceId, null), []);
        messages.Decide(
            id,
            RouteMessagesHandler.Router,
            m => Message.Hold(m, nobody.HoldReason!, nobody.Decision, queued.At)
        );
    }

    private static async Task<HashSet<Guid>> OptedOut(
        IReadOnlyList<Order> orders,
        IQuerySession session,
        CancellationToken cancellation
    )
    {
        var ids = orders.Select(order => ConsentState.IdOf(order.Queued.To.Value)).Distinct().ToArray();
        var states = await session.LoadManyAsync<ConsentState>(cancellation, ids);
        return [.. states.Where(state => state.IsOptedOut).Select(state => state.Id)];
    }
}
