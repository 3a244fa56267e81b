using Gateway.Domain.Rebuilds;
using Gateway.Projections.History;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Gateway.Api.Rebuilds;

/// <summary>
/// Builds views anew beside those in use: from the first event to where the others are, compared there row by row, then put
/// in their place while everybody else goes on. Until that last moment nothing that is in use is touched.
/// </summary>
public sealed class RebuildRun(
    IDocumentStore store,
    NpgsqlDataSource database,
    FactLog log,
    IReadOnlySet<(string Reader, long Position)> skipped
)
{
    /// <summary>Those of these names, as they came out.</summary>
    public async Task<IReadOnlyList<RebuiltView>> Go(
        IReadOnlyList<string> names,
        RebuildSight sight,
        CancellationToken stop
    )
    {
        var views = AllViews.New().Where(view => names.Contains(view.Name)).ToList();
        await using var beside = await BesideStore.Open(database, stop);
        var far = new Dictionary<FoldedView, HashSet<long>>();
        var position = await Build(views, beside, sight, stop);

        sight.Phase = "comparing";
        await FlushAll(views, beside, stop);
        await beside.Index(stop);
        await using var snapshot = await database.OpenConnectionAsync(stop);
        await using var seen = await snapshot.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        IReadOnlyDictionary<string, long> at;
        await using (
            var still = await StandingStill.Take(
                database,
                [.. views.Select(view => beside.TableOf(view, inUse: true))],
                "share row exclusive",
                stop
            )
        )
        {
            at = still.Positions;
            await CatchUp(views, beside, position, at, far, stop);
            await using var look = new NpgsqlCommand("select 1", snapshot);
            await look.ExecuteScalarAsync(stop);
        }

        var results = new List<RebuiltView>();
        foreach (var view in views)
        {
            results.Add(
                await Comparison.Of(
                    view.Name,
                    PositionOf(view, at) ?? await log.Mark(stop),
                    beside.TableOf(view, inUse: true),
                    beside.TableOf(view),
                    snapshot,
                    stop
                )
            );
        }

        await seen.DisposeAsync();
        sight.Phase = "replacing";
        await using (
            var still = await StandingStill.Take(
                database,
                [.. views.Select(view => beside.TableOf(view, inUse: true))],
                "access exclusive",
                stop
            )
        )
        {
            await CatchUp(views, beside, position, still.Positions, far, stop);
            await beside.Swap(still.Connection, views, stop);
            await still.Transaction.CommitAsync(stop);
        }

        return results;
    }

    /// <summary>Up to where all readers of these views are; returns that position.</summary>
    private async Task<long> Build(
        IReadOnlyList<FoldedView> views,
        BesideStore beside,
        RebuildSight sight,
        CancellationToken stop
    )
    {
        var position = 0L;
        var next = Page(position, await Common(views, stop), stop);
        while (true)
        {
            var goal = await Common(views, stop);
            sight.At(position, goal);
            var page = await next;
            if (page.Count == 0)
            {
                return position;
            }

            position = page[^1].Sequence;
            // The next page is read while this one is folded.
            next = Page(position, goal, stop);
            foreach (var view in views)
            {
                await view.Take(Without(view, page), beside, stop);
            }
        }
    }

    /// <summary>Brings each view to exactly where its reader stands; one without a reader takes all that is visible.</summary>
    /// <param name="far">What views without a reader have taken already, beyond <paramref name="position"/>.</param>
    private async Task CatchUp(
        IReadOnlyList<FoldedView> views,
        BesideStore beside,
        long position,
        IReadOnlyDictionary<string, long> readers,
        Dictionary<FoldedView, HashSet<long>> far,
        CancellationToken stop
    )
    {
        for (var page = await Page(position, long.MaxValue, stop); page.Count > 0; )
        {
            foreach (var view in views)
            {
                var taken = far.TryGetValue(view, out var known) ? known : far[view] = [];
                var end = PositionOf(view, readers) ?? long.MaxValue;
                await view.Take(
                    [.. page.Where(e => e.Sequence <= end && taken.Add(e.Sequence))],
                    beside,
                    stop
                );
            }

            page = await Page(page[^1].Sequence, long.MaxValue, stop);
        }

        await FlushAll(views, beside, stop);
    }

    /// <summary>What somebody decided to leave out is left out here, too.</summary>
    private IReadOnlyList<IEvent> Without(FoldedView view, IReadOnlyList<IEvent> page) =>
        skipped.Count == 0 ? page : [.. page.Where(e => !AllViews.IsLeftOut(view, e.Sequence, skipped))];

    private static async Task FlushAll(
        IReadOnlyList<FoldedView> views,
        BesideStore beside,
        CancellationToken stop
    )
    {
        foreach (var view in views)
        {
            await view.Flush(beside, stop);
        }
    }

    /// <summary>The least that any of the readers has come to; below it the log is complete.</summary>
    private async Task<long> Common(IReadOnlyList<FoldedView> views, CancellationToken stop)
    {
        var shards = await store.Advanced.AllProjectionProgress(token: stop);
        var readers = shards.ToDictionary(shard => shard.ShardName, shard => shard.Sequence);
        var mark = await log.Mark(stop);
        return views.Min(view => Math.Min(mark, PositionOf(view, readers) ?? mark));
    }

    private static long? PositionOf(FoldedView view, IReadOnlyDictionary<string, long> readers) =>
        view.Shard is { } shard ? readers.GetValueOrDefault(shard) : null;

    private async Task<IReadOnlyList<IEvent>> Page(long after, long upTo, CancellationToken stop)
    {
        await using var session = store.QuerySession(Application.SystemTenant.Name);
        return await LogPages.Read(session, after, upTo, skipped, stop);
    }
}
