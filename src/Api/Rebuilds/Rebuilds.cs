using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Rebuilds;
using Gateway.Projections.History;
using Marten;
using NodaTime;
using Npgsql;

namespace Gateway.Api.Rebuilds;

/// <summary>
/// Runs rebuilds, one at a time on the whole installation. One that was cut off, because its gateway was killed, begins
/// again by itself.
/// </summary>
public sealed partial class Rebuilds(
    IDocumentStore store,
    NpgsqlDataSource database,
    FactLog log,
    ParkedEvents parked,
    Turns turns,
    IClock clock,
    TimeProvider time,
    ILogger<Rebuilds> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim door = new(1);
    private (Guid Id, RebuildSight Sight, CancellationTokenSource Stop)? current;

    /// <summary>How far a rebuild has come that runs here; null for one that doesn't.</summary>
    public RebuildProgress? ProgressOf(Guid id) => current is { } run && run.Id == id ? run.Sight.Now : null;

    /// <summary>Every rebuild there ever was, the newest first.</summary>
    public async Task<IReadOnlyList<Rebuild>> All(CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        var all = new List<Rebuild>();
        foreach (var id in (await With(["rebuild_requested"], cancellation)).OrderDescending())
        {
            if (await Find(session, id, cancellation) is { } rebuild)
            {
                all.Add(rebuild);
            }
        }

        return all;
    }

    /// <summary>One; null when there is none.</summary>
    public async Task<Rebuild?> Find(Guid id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        return await Find(session, id, cancellation);
    }

    /// <summary>Begins one as soon as it is recorded.</summary>
    public async Task<Decision> Request(
        Guid id,
        IReadOnlyList<string> views,
        Origin origin,
        CancellationToken cancellation
    )
    {
        await door.WaitAsync(cancellation);
        try
        {
            var decision = Rebuild.Request(
                await Unended(cancellation),
                views,
                AllViews.Names,
                clock.GetCurrentInstant()
            );
            await Record(id, decision, origin, cancellation);
            return decision;
        }
        finally
        {
            door.Release();
        }
    }

    /// <summary>Stops one.</summary>
    public async Task<Decision> Cancel(Guid id, Origin origin, CancellationToken cancellation)
    {
        var decision = Rebuild.End(
            await Find(id, cancellation),
            new RebuildCancelled(clock.GetCurrentInstant())
        );
        await Record(id, decision, origin, cancellation);
        if (current is { } run && run.Id == id)
        {
            await run.Stop.CancelAsync();
        }

        return decision;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await Unended(stoppingToken) is not { } rebuild)
                {
                    continue;
                }

                await using var turn = await turns.Take("gateway.rebuild", stoppingToken);
                if (turn is not null)
                {
                    await Run(rebuild, stoppingToken);
                }
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away; the next tick looks again. An exception that escaped would end the gateway.
                LogLater(logger, broken);
            }
        }
    }

    /// <summary>One that runs or waits to; null for none.</summary>
    private async Task<Rebuild?> Unended(CancellationToken cancellation)
    {
        var begun = await With(["rebuild_requested"], cancellation);
        var ended = await With(["rebuild_finished", "rebuild_failed", "rebuild_cancelled"], cancellation);
        return begun.Except(ended).ToList() is [var id, ..] ? await Find(id, cancellation) : null;
    }

    private Task<IReadOnlyList<Guid>> With(
        IReadOnlyCollection<string> types,
        CancellationToken cancellation
    ) => log.StreamsWith(SystemTenant.Name, types, long.MaxValue, cancellation);

    private async Task Run(Rebuild rebuild, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sight = new RebuildSight(clock);
        current = (rebuild.Id, sight, cancel);
        try
        {
            var run = new RebuildRun(store, database, log, await parked.Skipped(cancel.Token));
            var views = await run.Go(rebuild.Views, sight, cancel.Token);
            await parked.TakenIn(AllViews.ReadersOf(rebuild.Views), cancel.Token);
            await End(
                rebuild.Id,
                new RebuildFinished(views, (long)sight.Elapsed.TotalMilliseconds, clock.GetCurrentInstant())
            );
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Either somebody stopped it and that is recorded, or the gateway stops and it begins again.
        }
        catch (Exception broken) when (!Setup.Store.IsAway(broken))
        {
            LogBroken(logger, rebuild.Id, broken);
            await End(
                rebuild.Id,
                new RebuildFailed(broken.GetBaseException().Message, clock.GetCurrentInstant())
            );
        }
        finally
        {
            current = null;
        }
    }

    private async Task End(Guid id, RebuildEvent end)
    {
        var decision = Rebuild.End(await Find(id, CancellationToken.None), end);
        await Record(id, decision, Origin.System("rebuild"), CancellationToken.None);
    }

    private async Task Record(Guid id, Decision decision, Origin origin, CancellationToken cancellation)
    {
        if (!decision.IsChange)
        {
            return;
        }

        await using var session = store.LightweightSession(SystemTenant.Name);
        origin.SignOn(session.Events.Append(id, decision.Events).Events);
        await session.SaveChangesAsync(cancellation);
    }

    private static async Task<Rebuild?> Find(
        IQuerySession session,
        Guid id,
        CancellationToken cancellation
    ) =>
        (await session.Events.FetchStreamAsync(id, token: cancellation)).Aggregate(
            (Rebuild?)null,
            (rebuild, e) => Rebuild.Evolve(rebuild, id, e.Data)
        );

    [LoggerMessage(LogLevel.Warning, "Rebuilds could not be looked after; it is tried again")]
    private static partial void LogLater(ILogger logger, Exception broken);

    [LoggerMessage(LogLevel.Error, "Rebuild {Id} failed; the views in use were not touched")]
    private static partial void LogBroken(ILogger logger, Guid id, Exception broken);
}
