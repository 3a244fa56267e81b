using Gateway.Domain;
using JasperFx.Events;
using Marten;

namespace Gateway.Application;

/// <summary>
/// Streams of one kind that are decided upon together: read in one query, appended in one transaction, each at the
/// version it was read at. Decisions on the same stream see each other. What is appended keeps the correlation that the
/// stream began with, and names the stream's last event as its cause, unless its origin says otherwise.
/// </summary>
/// <param name="evolve">The domain's fold of <typeparamref name="T"/>.</param>
public sealed class StreamSet<T>(IDocumentSession session, Func<T?, Guid, object, T?> evolve)
    where T : class
{
    private readonly Dictionary<Guid, Entry> entries = [];

    /// <summary>Reads the streams; one that doesn't exist is there without a state.</summary>
    public async Task Load(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var missing = ids.Distinct().Where(id => !entries.ContainsKey(id)).ToArray();
        foreach (var id in missing)
        {
            entries[id] = new Entry();
        }

        if (missing.Length == 0)
        {
            return;
        }

        var events = await session
            .Events.QueryAllRawEvents()
            .Where(e => e.StreamId.IsOneOf(missing))
            .OrderBy(e => e.Version)
            .ToListAsync(cancellation);
        foreach (var e in events)
        {
            var entry = entries[e.StreamId];
            entry.State = evolve(entry.State, e.StreamId, e.Data);
            entry.Version = e.Version;
            entry.Correlation ??= e.CorrelationId;
            entry.LastEvent = e.Id;
        }
    }

    /// <summary>The state with all decisions of this set so far; null for a stream that doesn't exist.</summary>
    public T? this[Guid id] => entries[id].State;

    /// <summary>Takes a decision on one stream and remembers what it records.</summary>
    public Decision Decide(Guid id, Origin origin, Func<T?, Decision> decide)
    {
        var entry = entries[id];
        var decision = decide(entry.State);
        foreach (var data in decision.Events)
        {
            entry.State = evolve(entry.State, id, data);
            entry.Pending.Add((data, origin));
        }

        return decision;
    }

    /// <summary>Puts everything that was decided into the session; a stream changed by others meanwhile fails the whole.</summary>
    public void Append()
    {
        foreach (var (id, entry) in entries.Where(entry => entry.Value.Pending.Count > 0))
        {
            var data = entry.Pending.Select(pending => pending.Data).ToArray();
            var action =
                entry.Version == 0
                    ? session.Events.StartStream<T>(id, data)
                    : session.Events.Append(id, entry.Version + data.Length, data);
            foreach (var (e, origin) in action.Events.Zip(entry.Pending, (e, pending) => (e, pending.Origin)))
            {
                origin.WithDefaults(entry.Correlation, entry.LastEvent?.ToString()).SignOn([e]);
            }
        }
    }

    private sealed class Entry
    {
        public T? State { get; set; }
        public long Version { get; set; }
        public string? Correlation { get; set; }
        public Guid? LastEvent { get; set; }
        public List<(object Data, Origin Origin)> Pending { get; } = [];
    }
}
