using Gateway.Domain;
using Gateway.Domain.Consent;
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
/// transaction fails, and the door sorts out who it was.
/// </summary>
public static class QueueMessagesHandler
{
    public static async Task<(QueueAnswers, OutgoingMessages)> Handle(
        QueueMessages command,
        IDocumentSession session,
        SendingRules rules,
        CancellationToken cancellation
    )
    {
        var optedOut = await OptedOut(command.Orders, session, cancellation);
        var accepted = new Dictionary<Guid, MessageQueued>();
        var answers = new List<OrderAnswer>(command.Orders.Count);
        foreach (var (id, queued, origin) in command.Orders)
        {
            var decision = Decide(accepted.GetValueOrDefault(id), id, queued, optedOut, rules);
            if (decision.IsChange)
            {
                accepted[id] = queued;
                origin.SignOn(session.Events.StartStream<Message>(id, queued).Events);
            }

            answers.Add(new(id, accepted.GetValueOrDefault(id) ?? queued, decision.Rejection));
        }

        var waiting = accepted
            .Where(entry => entry.Value.SendAt is null)
            .Select(entry => WaitingMessage.Of(entry.Key, entry.Value))
            .ToList();
        return (new(answers), waiting.Count > 0 ? [new RouteMessages(waiting)] : []);
    }

    private static Decision Decide(
        MessageQueued? known,
        Guid id,
        MessageQueued queued,
        HashSet<Guid> optedOut,
        SendingRules rules
    ) =>
        queued.Segments > rules.MostSegments ? new MessageIsTooLong(queued.Segments, rules.MostSegments)
        : optedOut.Contains(ConsentState.IdOf(queued.To.Value)) ? new RecipientHasOptedOut()
        : Message.Queue(known is null ? null : Message.Evolve(null, id, known), queued);

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
