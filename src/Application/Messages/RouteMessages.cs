using Gateway.Application.Devices;
using Gateway.DeviceProtocol;
using Gateway.Domain.Conversations;
using Gateway.Domain.Devices;
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

/// <summary>Tell a device what was lent to it.</summary>
public sealed record OfferLeases(Guid DeviceId, IReadOnlyList<Lease> Leases);

/// <summary>
/// Takes from the line what finds a place, in one transaction. It commits by itself, because the line and the fleet in
/// memory must follow the commit: taken back when it fails, counted when it holds.
/// </summary>
public static class RouteMessagesHandler
{
    /// <summary>How long a device may keep a message without claiming it.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(60);

    private const int MostAtOnce = 1_000;
    internal static readonly Origin Router = Origin.System("router");

    [NonTransactional]
    public static async Task<OutgoingMessages> Handle(
        RouteMessages command,
        Envelope envelope,
        WaitingLine line,
        Fleet fleet,
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
        var plan = Plan(tenant, command.Hold, line, fleet, sticky);
        if (plan.Count == 0)
        {
            return [];
        }

        try
        {
            return await Commit(
                plan,
                session,
                recent,
                fleet,
                tenant,
                clock.GetCurrentInstant(),
                cancellation
            );
        }
        catch
        {
            // The places and the line are only in memory: what was not committed has to wait again.
            line.Add(tenant, plan.Select(routed => routed.Message));
            throw;
        }
    }

    private static List<Routed> Plan(
        string tenant,
        bool hold,
        WaitingLine line,
        Fleet fleet,
        StickyLines sticky
    )
    {
        var sims = fleet.Snapshot(tenant);
        var plan = new List<Routed>();
        line.Offer(
            tenant,
            message =>
            {
                if (plan.Count >= MostAtOnce)
                {
                    return false;
                }

                var request = new RoutingRequest(
                    message.To,
                    message.Line,
                    message.DeviceId,
                    sticky.Of(tenant, message.To)
                );
                var result = Routing.Choose(request, sims);
                if (result.Choice is null && (result.HoldReason is null || !hold))
                {
                    return false;
                }

                if (result.Choice is { } choice)
                {
                    var index = sims.FindIndex(sim =>
                        sim.DeviceId == choice.DeviceId && sim.Sim == choice.Sim
                    );
                    sims[index] = sims[index] with
                    {
                        Load = sims[index].Load + 1,
                        Places = sims[index].Places - 1,
                    };
                    sticky.Remember(tenant, message.To, choice.Line);
                }

                plan.Add(new(message, result));
                return true;
            }
        );
        return plan;
    }

    private static async Task<OutgoingMessages> Commit(
        List<Routed> plan,
        IDocumentSession session,
        RecentStreams<Message> recent,
        Fleet fleet,
        string tenant,
        Instant now,
        CancellationToken cancellation
    )
    {
        var messages = new StreamSet<Message>(session, Message.Evolve, recent);
        await messages.Load(plan.Select(routed => routed.Message.Id), cancellation);
        List<(RoutingChoice Choice, Lease Lease)> leases;
        do
        {
            leases = Decide(plan, messages, now);
        } while (await messages.Doubts(cancellation));

        messages.Append();
        await session.SaveChangesAsync(cancellation);

        foreach (var (choice, lease) in leases)
        {
            fleet.Find(tenant, choice.DeviceId)?.Take(choice.Sim, lease.M, lease.F);
        }

        OutgoingMessages outgoing =
        [
            .. leases
                .GroupBy(lease => lease.Choice.DeviceId, lease => lease.Lease)
                .Select(device => new OfferLeases(device.Key, [.. device])),
        ];
        // Places that were planned for messages that don't wait any more are offered to the next ones.
        if (plan.Count >= MostAtOnce || leases.Count < plan.Count(routed => routed.Result.Choice is not null))
        {
            outgoing.Add(new RouteMessages([], plan.Exists(routed => routed.Result.Choice is null)));
        }

        return outgoing;
    }

    private static List<(RoutingChoice Choice, Lease Lease)> Decide(
        List<Routed> plan,
        StreamSet<Message> messages,
        Instant now
    )
    {
        var leases = new List<(RoutingChoice Choice, Lease Lease)>();
        foreach (var (message, result) in plan)
        {
            if (result.Choice is not { } choice)
            {
                messages.Decide(
                    message.Id,
                    Router,
                    m => Message.Hold(m, result.HoldReason!, result.Decision, now)
                );
            }
            else if (
                messages.Decide(message.Id, Router, m => Message.Dispatch(m, choice, Lease, now)).IsChange
            )
            {
                leases.Add((choice, LeaseOf(messages[message.Id]!, choice, now)));
            }
        }

        return leases;
    }

    /// <summary>What the device is told of a message that it was just lent.</summary>
    public static Lease LeaseOf(Message message, RoutingChoice choice, Instant now) =>
        LeaseOf(message, message.LastAttempt!.Fence, choice.Sim, Lease, now);

    /// <summary>The same, for what is left of a lease.</summary>
    public static Lease LeaseOf(Message message, int fence, string sim, Duration left, Instant now)
    {
        var order = message.Order!;
        return new Lease(
            message.Id,
            fence,
            sim,
            order.To.Value,
            order.Text,
            Report: order.Report,
            ValidForMs: Math.Max(0, (long)(order.ExpiresAt - now).TotalMilliseconds),
            LeaseMs: Math.Max(0, (long)left.TotalMilliseconds),
            Parts: order.Segments,
            Policy: "hold"
        );
    }

    private sealed record Routed(WaitingMessage Message, RoutingResult Result);
}

/// <summary>Acts on <see cref="OfferLeases"/>; a device that is gone meanwhile loses nothing, its leases lapse.</summary>
public static class OfferLeasesHandler
{
    public static void Handle(OfferLeases command, Envelope envelope, Fleet fleet) =>
        fleet.Find(envelope.TenantId!, command.DeviceId)?.Link.Send([.. command.Leases]);
}
