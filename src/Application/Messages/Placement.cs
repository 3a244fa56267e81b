using System.Collections.Concurrent;
using Gateway.Application.Devices;
using Gateway.DeviceProtocol;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using NodaTime;

namespace Gateway.Application.Messages;

/// <summary>A message, and what came of looking for a SIM for it.</summary>
public sealed record Placed(WaitingMessage Message, RoutingResult Result);

/// <summary>A message that a device was lent.</summary>
public sealed record Loan(RoutingChoice Choice, Lease Lease);

/// <summary>
/// Gives out places on devices. A place is taken while it is planned, so that no other plan gives it away as well; after
/// the commit it is kept and the device told, or else it is free again.
/// </summary>
public sealed class Placement(Fleet fleet, StickyLines sticky)
{
    /// <summary>How long a device may keep a message without claiming it.</summary>
    public static readonly Duration LeaseTime = Duration.FromSeconds(60);

    private static readonly Origin Router = Origin.System("router");

    private readonly ConcurrentDictionary<string, Lock> planning = new();

    /// <summary>Plans for one tenant, one plan at a time.</summary>
    /// <param name="plan">Gets a function that looks for a SIM for one message; if there is one, its place is taken.</param>
    public void Plan(string tenant, Action<Func<WaitingMessage, RoutingResult>> plan)
    {
        lock (planning.GetOrAdd(tenant, _ => new()))
        {
            var sims = fleet.Snapshot(tenant);
            plan(message => Choose(tenant, message, sims));
        }
    }

    /// <summary>What was planned wasn't committed.</summary>
    public void Cancel(string tenant, IEnumerable<Placed> plan)
    {
        foreach (var (message, result) in plan)
        {
            if (result.Choice is { } choice)
            {
                fleet.Find(tenant, choice.DeviceId)?.Unplan(message.Id);
            }
        }
    }

    /// <summary>
    /// After the commit: counts what was lent and tells the devices. One that is gone meanwhile loses nothing, its leases
    /// lapse. What was planned and turned out not to wait any more gives its place back.
    /// </summary>
    public void Keep(string tenant, IEnumerable<Placed> plan, IReadOnlyList<Loan> loans)
    {
        foreach (var device in loans.GroupBy(loan => loan.Choice.DeviceId, loan => loan.Lease))
        {
            if (fleet.Find(tenant, device.Key) is { } live)
            {
                foreach (var lease in device)
                {
                    live.Take(lease.Sim, lease.M, lease.F);
                }

                live.Link.Send([.. device]);
            }
        }

        Cancel(tenant, plan);
    }

    /// <summary>Decides on the streams what was planned; a message that doesn't wait any more stays as it is.</summary>
    /// <returns>What is lent, once that is committed.</returns>
    public static IReadOnlyList<Loan> Decide(
        IReadOnlyList<Placed> plan,
        StreamSet<Message> messages,
        Instant now
    )
    {
        var loans = new List<Loan>(plan.Count);
        foreach (var (waiting, result) in plan)
        {
            var id = waiting.Id;
            if (result.Choice is not { } choice)
            {
                messages.Decide(id, Router, m => Message.Hold(m, result.HoldReason!, result.Decision, now));
            }
            else if (
                messages.Decide(id, Router, m => Message.Dispatch(m, choice, LeaseTime, now)).IsChange
                && messages[id] is { LastAttempt: { } attempt } message
            )
            {
                loans.Add(new(choice, LeaseOf(message, attempt.Fence, choice.Sim, LeaseTime, now)));
            }
        }

        return loans;
    }

    /// <summary>What a device is told of a message that it is lent.</summary>
    /// <param name="left">Of the time it may keep it without claiming it.</param>
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
            Policy: "hold",
            ResendOf: message.RepeatedBy(fence)
        );
    }

    private RoutingResult Choose(string tenant, WaitingMessage message, List<FleetSim> sims)
    {
        var known = sticky.Of(tenant, message.To);
        var result = Routing.Choose(new(message.To, message.Line, message.DeviceId, known), sims);
        if (result.Choice is { } choice)
        {
            var index = sims.FindIndex(sim => sim.DeviceId == choice.DeviceId && sim.Sim == choice.Sim);
            sims[index] = sims[index] with { Load = sims[index].Load + 1, Places = sims[index].Places - 1 };
            fleet.Find(tenant, choice.DeviceId)?.Plan(choice.Sim, message.Id);
            sticky.Remember(tenant, message.To, choice.Line);
        }

        return result;
    }
}
