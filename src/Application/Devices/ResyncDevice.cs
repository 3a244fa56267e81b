using Gateway.Application.Messages;
using Gateway.DeviceProtocol;
using Gateway.Domain.Messages;
using Marten;
using NodaTime;

namespace Gateway.Application.Devices;

/// <summary>After a connect: bring what the device holds and what we think it holds together.</summary>
public sealed record ResyncDevice(LiveDevice Device, IReadOnlyList<Hold> Holds);

/// <summary>The difference, as frames for the device.</summary>
public sealed record Resynced(IReadOnlyList<DownFrame> Frames);

/// <summary>
/// Leases it lost are said again, what it may not have any more is cancelled, and of everything it claimed it is asked
/// what it knows. Nothing is decided here: its answers are facts.
/// </summary>
public static class ResyncDeviceHandler
{
    public static async Task<Resynced> Handle(
        ResyncDevice command,
        IQuerySession session,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var device = command.Device;
        var ours = await session
            .Query<OutboundWork>()
            .Where(work => work.Device == device.Id)
            .Select(work => work.Id)
            .ToListAsync(cancellation);
        var held = command.Holds.DistinctBy(hold => hold.M).ToDictionary(hold => hold.M);
        var ids = ours.Concat(held.Keys).Distinct().ToArray();
        var messages = await Fold(session, ids, cancellation);

        var now = clock.GetCurrentInstant();
        var frames = new List<DownFrame>();
        foreach (var id in ids)
        {
            var message = messages.GetValueOrDefault(id);
            var hold = held.GetValueOrDefault(id);
            frames.AddRange(Difference(device, id, message, hold, now));
            if (message?.LastAttempt is { } attempt && Message.IsHeldBy(message, attempt.Fence, device.Id))
            {
                device.Take(attempt.Sim, id, attempt.Fence);
            }
        }

        return new(frames);
    }

    private static IEnumerable<DownFrame> Difference(
        LiveDevice device,
        Guid id,
        Message? message,
        Hold? hold,
        Instant now
    )
    {
        var attempt = message?.LastAttempt;
        if (hold is { } known && (attempt is null || !Message.IsHeldBy(message, known.F, device.Id)))
        {
            yield return new Cancel(id, known.F);
        }

        if (attempt is null || attempt.Device != device.Id)
        {
            yield break;
        }

        if (attempt.IsOpen || attempt.IsInDoubt)
        {
            yield return new Query(id, attempt.Fence);
        }
        else if (attempt.IsLeased && hold is null && attempt.LeaseEnds > now && !message!.IsOver)
        {
            yield return Placement.LeaseOf(
                message,
                attempt.Fence,
                attempt.Sim,
                attempt.LeaseEnds.Value - now,
                now
            );
        }
    }

    private static async Task<Dictionary<Guid, Message>> Fold(
        IQuerySession session,
        Guid[] ids,
        CancellationToken cancellation
    )
    {
        var messages = new Dictionary<Guid, Message>();
        var events = await session
            .Events.QueryAllRawEvents()
            .Where(e => e.StreamId.IsOneOf(ids))
            .OrderBy(e => e.Version)
            .ToListAsync(cancellation);
        foreach (var e in events)
        {
            if (Message.Evolve(messages.GetValueOrDefault(e.StreamId), e.StreamId, e.Data) is { } message)
            {
                messages[e.StreamId] = message;
            }
        }

        return messages;
    }
}
