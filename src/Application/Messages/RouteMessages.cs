using Gateway.Domain.Messages;
using Marten;
using NodaTime;
using Wolverine;
using Wolverine.Attributes;

namespace Gateway.Application.Messages;

/// <summary>Find devices for messages that wait: for these, and for those that waited before.</summary>
/// <param name="Messages">New in the line; none when only places became free.</param>
/// <param name="Hold">Whether to note now what nobody can carry; else it stays in the line, and a later look notes many at once.</param>
public sealed record RouteMessages(IReadOnlyList<WaitingMessage> Messages, bool Hold = false);

/// <summary>
/// Takes from the line what finds a place, in one transaction. It commits by itself, because the line and the fleet in
/// memory must follow the commit: taken back when it fails, counted when it holds.
/// </summary>
public static class RouteMessagesHandler
{
    private const int MostAtOnce = 1_000;

    [NonTransactional]
    public static async Task<OutgoingMessages> Handle(
        RouteMessages command,
        Envelope envelope,
        WaitingLine line,
        Placement placement,
        StickyLines sticky,
        RecentStreams<Message> recent,
        IDocumentStore store,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var tenant = envelope.TenantId!;
        if (command.Messages.Count == 0 && line.Count(tenant) == 0)
        {
            return [];
        }

        await using var session = store.LightweightSession(tenant);
        await sticky.Learn(tenant, command.Messages.Select(message => message.To), session, cancellation);
        line.Add(tenant, command.Messages);
        var plan = Plan(tenant, command.Hold, line, placement);
        if (plan.Count == 0)
        {
            return [];
        }

        IReadOnlyList<Loan> loans;
        try
        {
            loans = await Commit(plan, session, recent, clock.GetCurrentInstant(), cancellation);
        }
        catch
        {
            // The places and the line are only in memory: what was not committed has to wait again.
            placement.Cancel(tenant, plan);
            line.Add(tenant, plan.Select(placed => placed.Message));
            throw;
        }

        placement.Keep(tenant, plan, loans);
        // Places that were planned for messages that don't wait any more are offered to the next ones.
        var places = plan.Count(placed => placed.Result.Choice is not null);
        return plan.Count >= MostAtOnce || loans.Count < places
            ? [new RouteMessages([], Hold: places < plan.Count)]
            : [];
    }

    private static List<Placed> Plan(string tenant, bool hold, WaitingLine line, Placement placement)
    {
        var plan = new List<Placed>();
        placement.Plan(
            tenant,
            choose =>
                line.Offer(
                    tenant,
                    message =>
                    {
                        if (plan.Count >= MostAtOnce)
                        {
                            return false;
                        }

                        var result = choose(message);
                        var isTaken = result.Choice is not null || (hold && result.HoldReason is not null);
                        if (isTaken)
                        {
                            plan.Add(new(message, result));
                        }

                        return isTaken;
                    }
                )
        );
        return plan;
    }

    private static async Task<IReadOnlyList<Loan>> Commit(
        List<Placed> plan,
        IDocumentSession session,
        RecentStreams<Message> recent,
        Instant now,
        CancellationToken cancellation
    )
    {
        var messages = new StreamSet<Message>(session, Message.Evolve, recent);
        await messages.Load(plan.Select(placed => placed.Message.Id), cancellation);
        IReadOnlyList<Loan> loans;
        do
        {
            loans = Placement.Decide(plan, messages, now);
        } while (await messages.Doubts(cancellation));

        messages.Append();
        await session.SaveChangesAsync(cancellation);
        return loans;
    }
}
