using Gateway.Domain;
using JasperFx.Events;
using Marten;
using Marten.Services;

namespace Gateway.Application;

/// <summary>
/// Streams of one kind that are decided upon together: read in one query, appended in one transaction, each at the
/// version it was read at. Decisions on the same stream see each other. What is appended keeps the correlation that the
/// stream began with, and names the stream's last event as its cause, unless its origin says otherwise.
/// </summary>
/// <param name="evolve">The domain's fold of <typeparamref name="T"/>.</param>
/// <param name="recent">
/// For streams that are many: spares reading what was committed a moment ago, and has them all appended in one statement,
/// which inline projections don't see. Null reads everything, and appends through Marten.
/// </param>
public sealed class StreamSet<T>(
    IDocumentSession session,
    Func<T?, Guid, object, T?> evolve,
    RecentStreams<T>? recent = null
)
    where T : class
{
    private readonly Dictionary<Guid, Entry> entries = [];
    private readonly HashSet<Guid> doubts = [];

    /// <summary>Takes streams to be new without looking; the store refuses one that exists.</summary>
    public void Begin(Guid id) => entries.TryAdd(id, new Entry());

    /// <summary>Remembers or reads the streams; one that doesn't exist is there without a state.</summary>
    public Task Load(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var missing = ids.Where(id => !entries.ContainsKey(id)).ToHashSet();
        foreach (var id in missing)
        {
            if (recent?.Take(session.TenantId, id) is { } known)
            {
                entries[id] = new Entry { Stream = known, IsRemembered = true };
            }
        }

        return LoadFresh(missing.Where(id => !entries.ContainsKey(id)), cancellation);
    }

    /// <summary>Reads the streams, whatever is remembered of them.</summary>
    public async Task LoadFresh(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var wanted = ids.Distinct().ToArray();
        foreach (var id in wanted)
        {
            recent?.Take(session.TenantId, id);
            entries[id] = new Entry();
        }

        if (wanted.Length == 0)
        {
            return;
        }

        var events = await session
            .Events.QueryAllRawEvents()
            .Where(e => e.StreamId.IsOneOf(wanted))
            .OrderBy(e => e.Version)
            .ToListAsync(cancellation);
        foreach (var e in events)
        {
            var stream = entries[e.StreamId].Stream;
            entries[e.StreamId].Stream = new(
                evolve(stream.State, e.StreamId, e.Data),
                e.Version,
                stream.Correlation ?? e.CorrelationId,
                e.Id
            );
        }
    }

    /// <summary>
    /// The store checks what is appended, but not a decision on remembered state that recorded nothing. Where there was
    /// one, its stream is read and all decisions are forgotten.
    /// </summary>
    /// <returns>Whether the decisions must be taken again.</returns>
    public async Task<bool> Doubts(CancellationToken cancellation)
    {
        if (doubts.Count == 0)
        {
            return false;
        }

        Forget();
        await LoadFresh([.. doubts], cancellation);
        doubts.Clear();
        return true;
    }

    /// <summary>Forgets all decisions.</summary>
    public void Forget()
    {
        foreach (var entry in entries.Values)
        {
            entry.Decided = null;
            entry.Pending.Clear();
        }
    }

    /// <summary>The state with all decisions of this set so far; null for a stream that doesn't exist.</summary>
    public T? this[Guid id] => entries[id].State;

    /// <summary>Takes a decision on one stream and remembers what it records.</summary>
    public Decision Decide(Guid id, Origin origin, Func<T?, Decision> decide)
    {
        var entry = entries[id];
        var decision = decide(entry.State);
        if (entry.IsRemembered && !decision.IsChange)
        {
            doubts.Add(id);
        }

        foreach (var data in decision.Events)
        {
            entry.Pending.Add((data, origin));
            entry.Decided = evolve(entry.State, id, data);
        }

        return decision;
    }

    /// <summary>Puts everything that was decided into the session; a stream changed by others meanwhile fails the whole.</summary>
    public void Append()
    {
        var gains = entries.Where(entry => entry.Value.Pending.Count > 0).Select(Gain).ToList();
        if (recent is null)
        {
            foreach (var (id, version, events) in gains)
            {
                _ =
                    version == 0
                        ? session.Events.StartStream<T>(id, events)
                        : session.Events.Append(id, version + events.Count, events);
            }

            return;
        }

        if (gains.Count > 0)
        {
            session.QueueOperation(new FactAppend(typeof(T), session.TenantId, gains));
        }

        session.Listeners.Add(new AfterCommit(Remember));
    }

    private StreamGain Gain(KeyValuePair<Guid, Entry> pair)
    {
        var (id, entry) = pair;
        var (correlation, cause) = (entry.Stream.Correlation, entry.Stream.LastEvent?.ToString());
        var events = entry.Pending.Select(pending => session.Events.BuildEvent(pending.Data)).ToArray();
        // Gives each its id.
        entry.Appended.AddRange(StreamAction.Append(id, events).Events);
        foreach (var (e, (_, origin)) in entry.Appended.Zip(entry.Pending))
        {
            origin.WithDefaults(correlation, cause).SignOn([e]);
            e.CorrelationId ??= session.CorrelationId;
            e.CausationId ??= session.CausationId;
            (correlation, cause) = (correlation ?? e.CorrelationId, e.Id.ToString());
        }

        return new(id, entry.Stream.Version, entry.Appended);
    }

    private void Remember()
    {
        foreach (var (id, entry) in entries)
        {
            recent!.Keep(session.TenantId, id, entry.Committed());
        }
    }

    private sealed class Entry
    {
        /// <summary>As it stands in the store.</summary>
        public RecentStream<T> Stream { get; set; } = new(null, 0, null, null);
        public bool IsRemembered { get; init; }
        public T? Decided { get; set; }
        public T? State => Decided ?? Stream.State;
        public List<(object Data, Origin Origin)> Pending { get; } = [];
        public List<IEvent> Appended { get; } = [];

        public RecentStream<T> Committed() =>
            Appended is { Count: > 0 } events
                ? new(
                    State,
                    Stream.Version + events.Count,
                    Stream.Correlation ?? events[0].CorrelationId,
                    events[^1].Id
                )
                : Stream;
    }

    private sealed class AfterCommit(Action remember) : DocumentSessionListenerBase
    {
        public override Task AfterCommitAsync(
            IDocumentSession session,
            IChangeSet commit,
            CancellationToken token
        )
        {
            remember();
            return Task.CompletedTask;
        }
    }
}
