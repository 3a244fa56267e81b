using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Application.Replays;
using Gateway.Application.Webhooks;
using Gateway.Domain.Replays;
using Gateway.Projections.History;
using Marten;
using Wolverine;

namespace Gateway.Api.Replays;

/// <summary>
/// Runs the replays that wait for nobody: one per webhook, each on one gateway. One that was cut off, because its gateway
/// was killed, goes on from what was recorded.
/// </summary>
public sealed partial class WebhookReplays(
    IDocumentStore store,
    IServiceScopeFactory scopes,
    Turns turns,
    ReplayPlans plans,
    FactLog log,
    ReplayCalls calls,
    WebhookRules rules,
    TimeProvider time,
    ILogger<WebhookReplays> logger
) : BackgroundService
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenRecords = TimeSpan.FromSeconds(2);

    /// <summary>By webhook.</summary>
    private readonly Dictionary<Guid, Task> runs = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Start(stoppingToken);
                }
                catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
                {
                    // The database may be away; the next tick looks again.
                    LogLater(logger, broken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(runs.Values);
        }
    }

    private async Task Start(CancellationToken stop)
    {
        foreach (var over in runs.Where(run => run.Value.IsCompleted).ToList())
        {
            runs.Remove(over.Key);
        }

        await using var session = store.QuerySession(SystemTenant.Name);
        var running = await session
            .Query<WebhookReplayEntry>()
            .Where(entry => entry.AnyTenant() && entry.IsRunning)
            .ToListAsync(stop);
        var waiting = running
            .Where(entry => !runs.ContainsKey(entry.WebhookId))
            .OrderBy(entry => entry.Replay.Order.At)
            .DistinctBy(entry => entry.WebhookId);
        foreach (var entry in waiting.Take(MostAtOnce - runs.Count).ToList())
        {
            runs[entry.WebhookId] = RunInTurn(entry, stop);
        }
    }

    /// <summary>Never throws: whatever breaks is tried again.</summary>
    private async Task RunInTurn(WebhookReplayEntry entry, CancellationToken stop)
    {
        try
        {
            await using var turn = await turns.Take($"gateway.replay {entry.WebhookId}", stop);
            if (turn is not null)
            {
                await Run(entry.Tenant, entry.Id, stop);
            }
        }
        catch (Exception broken)
        {
            if (!stop.IsCancellationRequested)
            {
                LogLater(logger, broken);
            }
        }
    }

    private async Task Run(string tenant, Guid id, CancellationToken stop)
    {
        // As it is now that nobody else runs it.
        await using var session = store.QuerySession(tenant);
        if (await session.LoadAsync<WebhookReplayEntry>(id, stop) is not { IsRunning: true } entry)
        {
            return;
        }

        var filter = plans.FilterOf(tenant, entry.Replay.Order);
        var run = new ReplayRun(entry, filter, log, calls, rules.ReplaySchedule, time);
        var recorded = time.GetTimestamp();
        try
        {
            await Record(entry, await run.Go(NowAndThen, stop));
        }
        catch (Exception broken) when (!stop.IsCancellationRequested && !Setup.Store.IsAway(broken))
        {
            LogBroken(logger, id, broken);
            await Record(entry, run.Now with { End = WebhookReplay.Paused, Reason = "gateway_failed" });
        }
        catch
        {
            await Record(entry, run.Now);
            throw;
        }

        async Task NowAndThen()
        {
            if (time.GetElapsedTime(recorded) >= BetweenRecords)
            {
                await Record(entry, run.Now);
                recorded = time.GetTimestamp();
            }
        }
    }

    private async Task Record(WebhookReplayEntry entry, ReplayReport report)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IMessageBus>()
            .InvokeForTenantAsync(entry.Tenant, new RecordReplay(entry.Id, report), CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Warning, "Replays could not be looked after; it is tried again")]
    private static partial void LogLater(ILogger logger, Exception broken);

    [LoggerMessage(LogLevel.Error, "Replay {Id} broke on our side; it is paused")]
    private static partial void LogBroken(ILogger logger, Guid id, Exception broken);
}
