using Gateway.Application.Replays;
using Gateway.Domain.Replays;
using Gateway.Domain.Webhooks;
using Gateway.Projections.History;
using NodaTime;

namespace Gateway.Api.Replays;

/// <summary>
/// Tells the facts of one replay, one after the other in the order of the log and never faster than it may, until all are
/// told, the receiver fails, or somebody pauses or stops it.
/// </summary>
public sealed class ReplayRun(
    WebhookReplayEntry entry,
    FactFilter filter,
    FactLog log,
    ReplayCalls calls,
    RetrySchedule schedule,
    TimeProvider time
)
{
    private const int FactsAtOnce = 200;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly WebhookReplayRequested order = entry.Replay.Order;
    private long position = entry.Replay.Position;
    private long sent = entry.Replay.Sent;
    private long failed = entry.Replay.Failed;

    /// <summary>How far it has come.</summary>
    public ReplayReport Now => new(position, sent, failed);

    /// <summary>Goes on from what was recorded.</summary>
    /// <param name="moved">Called after each fact, and now and then while a receiver is waited for.</param>
    /// <returns>What became of it; without an end when somebody else paused or stopped it.</returns>
    public async Task<ReplayReport> Go(Func<Task> moved, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1) / order.RatePerSecond, time);
        while (true)
        {
            var page = await log.Read(filter, position, FactsAtOnce, stop, order.UpTo);
            foreach (var fact in page.Facts)
            {
                if (await Tell(fact, pace, moved, stop) is { } end)
                {
                    return end;
                }

                (position, sent) = (fact.Position, sent + 1);
                await moved();
            }

            position = page.After;
            if (!page.More)
            {
                return Now with { End = WebhookReplay.Finished };
            }
        }
    }

    /// <summary>Tries until the receiver takes it, and then answers null.</summary>
    private async Task<ReplayReport?> Tell(
        StoredFact fact,
        PeriodicTimer pace,
        Func<Task> moved,
        CancellationToken stop
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            await pace.WaitForNextTickAsync(stop);
            var (outcome, webhook) = await calls.Tell(entry, fact.Id, attempt, stop);
            if (outcome is null)
            {
                return webhook is null ? Now : Now with { End = WebhookReplay.Stopped, Reason = webhook };
            }

            if (outcome.IsDelivered)
            {
                return null;
            }

            failed++;
            var delivery = WebhookDelivery.IdOf(entry.WebhookId, fact.Id);
            var wait = outcome.IsGone ? null : schedule.After(delivery, attempt, outcome.RetryAfterMs);
            if (wait is null)
            {
                return Now with
                {
                    End = WebhookReplay.Paused,
                    Reason = outcome.IsGone ? "gone" : "attempts_used_up",
                    Failure = new(fact.Id, fact.Position, outcome.StatusCode, outcome.Error),
                };
            }

            if (!await Wait(wait.Value, moved, stop))
            {
                return Now;
            }
        }
    }

    /// <summary>False as soon as somebody pauses or stops the replay.</summary>
    private async Task<bool> Wait(Duration wait, Func<Task> moved, CancellationToken stop)
    {
        for (var left = wait.ToTimeSpan(); left > TimeSpan.Zero; left -= Look)
        {
            await Task.Delay(left < Look ? left : Look, time, stop);
            await moved();
            if (!await calls.Runs(entry, stop))
            {
                return false;
            }
        }

        return true;
    }
}
