using JasperFx.Events;
using Marten;

namespace Gateway.Api.Rebuilds;

/// <summary>One view that can be built anew from the events, by the fold that also keeps it up.</summary>
/// <param name="Name">As the projection is called.</param>
/// <param name="Shard">The reader that keeps it up; null when it is written together with its events.</param>
/// <param name="Document">What a row holds.</param>
public abstract class FoldedView(string name, string? shard, Type document)
{
    public string Name => name;
    public string? Shard => shard;
    public Type Document => document;

    /// <summary>
    /// A row that no event touched in so many pages is written. A few with every page: many at once would keep the commits
    /// of others waiting behind them.
    /// </summary>
    protected const int PagesHeld = 40;

    /// <summary>Takes in a page of events, in the order of the log.</summary>
    public abstract Task Take(IReadOnlyList<IEvent> page, BesideStore beside, CancellationToken stop);

    /// <summary>Writes what isn't written yet.</summary>
    public abstract Task Flush(BesideStore beside, CancellationToken stop);

    /// <summary>Forgets everything.</summary>
    public abstract void Clear();
}

/// <summary>
/// Holds the rows that events touch in memory, and writes a row when it has not been touched for a while: most are written
/// once, by COPY, and never read back.
/// </summary>
/// <param name="idOf">The row that an event belongs to; null for none.</param>
/// <param name="begins">Whether the event is the first of its row, so that nothing has to be looked for.</param>
/// <param name="evolve">The fold; null takes the row away.</param>
/// <param name="keyOf">The id of a row.</param>
public sealed class FoldedView<T>(
    string name,
    string? shard,
    Func<IEvent, Guid?> idOf,
    Func<IEvent, bool> begins,
    Func<T?, Guid, IEvent, T?> evolve,
    Func<T, Guid> keyOf
) : FoldedView(name, shard, typeof(T))
    where T : class
{
    private readonly Dictionary<(string Tenant, Guid Id), Held> held = [];
    private int pages;

    /// <inheritdoc />
    public override async Task Take(IReadOnlyList<IEvent> page, BesideStore beside, CancellationToken stop)
    {
        pages++;
        var mine = page.Select(e => (Event: e, Id: idOf(e))).Where(own => own.Id is not null).ToList();
        await Load(mine.Select(own => (own.Event, own.Id!.Value)), beside, stop);
        foreach (var (e, id) in mine)
        {
            var row = held[(e.TenantId, id!.Value)];
            var next = evolve(row.State, id.Value, e);
            row.IsDirty |= !ReferenceEquals(next, row.State);
            (row.State, row.Page) = (next, pages);
        }

        await Write(beside, row => row.Page <= pages - PagesHeld, stop);
    }

    /// <inheritdoc />
    public override Task Flush(BesideStore beside, CancellationToken stop) => Write(beside, _ => true, stop);

    /// <inheritdoc />
    public override void Clear() => held.Clear();

    private async Task Load(
        IEnumerable<(IEvent Event, Guid Id)> wanted,
        BesideStore beside,
        CancellationToken stop
    )
    {
        var missing = new List<(string Tenant, Guid Id)>();
        foreach (var (e, id) in wanted)
        {
            if (held.TryAdd((e.TenantId, id), new Held()) && !begins(e))
            {
                missing.Add((e.TenantId, id));
            }
        }

        foreach (var tenant in missing.GroupBy(row => row.Tenant, row => row.Id))
        {
            await using var session = beside.Store.QuerySession(tenant.Key);
            foreach (var state in await session.LoadManyAsync<T>(stop, [.. tenant]))
            {
                held[(tenant.Key, keyOf(state))] = new() { State = state, IsStored = true };
            }
        }
    }

    private async Task Write(BesideStore beside, Func<Held, bool> which, CancellationToken stop)
    {
        var leaving = held.Where(row => which(row.Value)).ToList();
        foreach (var tenant in leaving.Where(row => row.Value.IsDirty).GroupBy(row => row.Key.Tenant))
        {
            var rows = tenant.ToLookup(row => (IsGone: row.Value.State is null, row.Value.IsStored));
            await beside.Insert(tenant.Key, States(rows[(false, false)]), stop);
            await beside.Update(tenant.Key, States(rows[(false, true)]), stop);
            await beside.Delete<T>(tenant.Key, [.. rows[(true, true)].Select(row => row.Key.Id)], stop);
        }

        foreach (var (key, _) in leaving)
        {
            held.Remove(key);
        }
    }

    private static List<T> States(IEnumerable<KeyValuePair<(string, Guid), Held>> rows) =>
        [.. rows.Select(row => row.Value.State!)];

    private sealed class Held
    {
        public T? State { get; set; }
        public bool IsStored { get; init; }
        public bool IsDirty { get; set; }
        public int Page { get; set; }
    }
}
