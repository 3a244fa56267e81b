using Gateway.Domain;
using Gateway.Domain.Consent;
using Gateway.Domain.Messages;
using Marten;
using NodaTime;
using Wolverine;
using Wolverine.Attributes;

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
/// transaction fails, and the door sorts out who it was. What a device has a place for is lent in the same transaction, if
/// nobody waits in front; what nobody can carry is held.
/// </summary>
public static class QueueMessagesHandler
{
    [NonTransactional]
    public static async Task<(QueueAnswers, OutgoingMessages)> Handle(
        QueueMessages command,
        Envelope envelope,
        IDocumentStore store,
        RecentStreams<Message> recent,
        WaitingLine line,
        Placement placement,
        StickyLines sticky,
        SendingRules rules,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var tenant = envelope.TenantId!;
        await using var session = store.LightweightSession(tenant);
        await session.BeginTransactionAsync(cancellation);
        var optedOut = await OptedOut(command.Orders, session, cancellation);
        await sticky.Learn(
            tenant,
            command.Orders.Select(order => order.Queued.To.Value),
            session,
            cancellation
        );

        var messages = new StreamSet<Message>(session, Message.Evolve, recent);
        // A repeated order gets the first one's answer, whatever the recipient has said since.
        var toOptedOut = command.Orders.Where(order => optedOut.Contains(ConsentOf(order.Queued))).ToList();
        await messages.LoadFresh(toOptedOut.Select(order => order.MessageId), cancellation);
        var answers = new List<OrderAnswer>(command.Orders.Count);
        var ready = new List<WaitingMessage>();
        foreach (var (id, queued, origin) in command.Orders)
        {
            messages.Begin(id);
            var decision = messages.Decide(id, origin, m => Decide(m, queued, optedOut, rules));
            answers.Add(new(id, messages[id]?.Order ?? queued, decision.Rejection));
            if (decision.IsChange && queued.SendAt is null)
            {
                ready.Add(WaitingMessage.Of(id, queued));
            }
        }

        var plan = Plan(tenant, ready, line, placement);
        IReadOnlyList<Loan> loans;
        try
        {
            loans = Placement.Decide(plan, messages, clock.GetCurrentInstant());
            messages.Append();
            var refused = toOptedOut.Where(order => messages[order.MessageId] is null).ToList();
            await Record(refused, session, clock.GetCurrentInstant(), cancellation);
            await session.SaveChangesAsync(cancellation);
        }
        catch
        {
            placement.Cancel(tenant, plan);
            throw;
        }

        placement.Keep(tenant, plan, loans);
        var waiting = ready.Except(plan.Select(placed => placed.Message)).ToList();
        return (new(answers), waiting.Count > 0 ? [new RouteMessages(waiting)] : []);
    }

    private static Decision Decide(
        Message? known,
        MessageQueued queued,
        HashSet<Guid> optedOut,
        SendingRules rules
    ) =>
        queued.Segments > rules.MostSegments ? new MessageIsTooLong(queued.Segments, rules.MostSegments)
        : known is null && optedOut.Contains(ConsentOf(queued)) ? new RecipientHasOptedOut()
        : Message.Queue(known, queued);

    /// <summary>A refusal is a fact about the recipient: that its wish was heeded can be shown.</summary>
    private static async Task Record(
        List<Order> refused,
        IDocumentSession session,
        Instant now,
        CancellationToken cancellation
    )
    {
        if (refused.Count == 0)
        {
            return;
        }

        // One at a time: the store numbers what is appended to a stream by where it stood, and would fail the second.
        await session.QueryAsync<long>(
            "select version from gateway.mt_streams where tenant_id = ? and id = any(?) order by id for update",
            cancellation,
            session.TenantId,
            refused.Select(order => ConsentOf(order.Queued)).Distinct().ToArray()
        );
        foreach (var (id, queued, origin) in refused)
        {
            var fact = new OrderRefused(queued.To.Value, new RecipientHasOptedOut().Code, id, now);
            origin.SignOn(session.Events.Append(ConsentOf(queued), fact).Events);
        }
    }

    private static Guid ConsentOf(MessageQueued queued) => ConsentState.IdOf(queued.To.Value);

    /// <summary>Looks for devices, unless others wait already: nobody jumps the line.</summary>
    private static List<Placed> Plan(
        string tenant,
        List<WaitingMessage> ready,
        WaitingLine line,
        Placement placement
    )
    {
        var plan = new List<Placed>();
        placement.Plan(
            tenant,
            choose =>
            {
                if (line.Count(tenant) == 0)
                {
                    plan.AddRange(
                        ready
                            .Select(message => new Placed(message, choose(message)))
                            .Where(placed => placed.Result is not { Choice: null, HoldReason: null })
                    );
                }
            }
        );
        return plan;
    }

    private static async Task<HashSet<Guid>> OptedOut(
        IReadOnlyList<Order> orders,
        IQuerySession session,
        CancellationToken cancellation
    )
    {
        var ids = orders.Select(order => ConsentOf(order.Queued)).Distinct().ToArray();
        var states = await session.LoadManyAsync<ConsentState>(cancellation, ids);
        return [.. states.Where(state => state.IsOptedOut).Select(state => state.Id)];
    }
}
