using Gateway.Domain;
using Gateway.Projections.History;
using JasperFx.Events;
using Marten;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>Streams as they stood, folded from the facts that count; nothing stored by a view is trusted here.</summary>
public sealed class PastStreams(IDocumentStore store, FactLog log)
{
    /// <summary>The facts of some streams that count, each stream in its order.</summary>
    public async Task<ILookup<Guid, IEvent>> Facts(
        string tenant,
        IReadOnlyCollection<Guid> ids,
        Past past,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var wanted = ids.ToArray();
        var events = await session
            .Events.QueryAllRawEvents()
            .Where(e => e.StreamId.IsOneOf(wanted) && e.Sequence <= past.Position)
            .OrderBy(e => e.Version)
            .ToListAsync(cancellation);
        return events.Where(past.Has).ToLookup(e => e.StreamId);
    }

    /// <summary>One stream's state; null when nothing was known of it.</summary>
    public async Task<T?> State<T>(
        string tenant,
        Guid id,
        Func<T?, Guid, object, T?> evolve,
        Past past,
        CancellationToken cancellation
    )
        where T : class => Fold(id, await Facts(tenant, [id], past, cancellation), evolve);

    /// <summary>The states of all streams that have a fact of this type, in the order of their ids.</summary>
    public async Task<IReadOnlyList<T>> States<T>(
        string tenant,
        string type,
        Func<T?, Guid, object, T?> evolve,
        Past past,
        CancellationToken cancellation
    )
        where T : class
    {
        var ids = await log.StreamsWith(tenant, [type], past.Position, cancellation);
        var facts = await Facts(tenant, ids, past, cancellation);
        return [.. ids.Order().Select(id => Fold(id, facts, evolve)).OfType<T>()];
    }

    /// <summary>Why there is nothing to show: it came later, or never.</summary>
    public async Task<Rejection> Missing(
        string tenant,
        Guid id,
        Past past,
        Rejection unknown,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var first = await session.Events.FetchStreamAsync(id, 1, token: cancellation);
        return first is [var e] && !past.Has(e)
            ? new MomentIsTooEarly(Instant.FromDateTimeOffset(e.Timestamp))
            : unknown;
    }

    private static T? Fold<T>(Guid id, ILookup<Guid, IEvent> facts, Func<T?, Guid, object, T?> evolve)
        where T : class => facts[id].Aggregate((T?)null, (state, e) => evolve(state, id, e.Data));
}
