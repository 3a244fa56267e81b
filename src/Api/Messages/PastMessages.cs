using Gateway.Api.History;
using Gateway.Projections.Messages;
using JasperFx.Events;
using Marten;

namespace Gateway.Api.Messages;

/// <summary>
/// Messages as they stood, folded from their facts with the very fold of the view. The view only says which there are:
/// what never changes about a message narrows the search there, all else is looked at in what was folded.
/// </summary>
public sealed class PastMessages(IDocumentStore store, PastStreams streams)
{
    /// <summary>So many messages are folded for one page at most; a page may be short and still not be the last.</summary>
    private const int MostFolded = 2_000;

    /// <summary>One message; null when nothing was known of it.</summary>
    public async Task<MessageView?> One(string tenant, Guid id, Past past, CancellationToken cancellation) =>
        Fold((await streams.Facts(tenant, [id], past, cancellation))[id]);

    /// <summary>A page, the newest first, and the position behind which the next one begins; null on the last.</summary>
    /// <param name="fixedPart">What holds of a message from its first fact on.</param>
    /// <param name="matches">What must hold of it as it stood.</param>
    public async Task<(IReadOnlyList<MessageView> Views, long? Next)> List(
        string tenant,
        Func<IQueryable<MessageView>, IQueryable<MessageView>> fixedPart,
        Func<MessageView, bool> matches,
        Past past,
        long? before,
        int size,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var found = new List<MessageView>();
        var from = Math.Min(
            before ?? long.MaxValue,
            past.Position == long.MaxValue ? long.MaxValue : past.Position + 1
        );
        for (var folded = 0; folded < MostFolded; )
        {
            var some = await fixedPart(session.Query<MessageView>().Where(view => view.Position < from))
                .OrderByDescending(view => view.Position)
                .Select(view => new { view.Id, view.Position })
                .Take(size + 1)
                .ToListAsync(cancellation);
            var facts = await streams.Facts(tenant, [.. some.Select(view => view.Id)], past, cancellation);
            foreach (var candidate in some)
            {
                if (Fold(facts[candidate.Id]) is { } view && matches(view))
                {
                    if (found.Count == size)
                    {
                        return (found, from);
                    }

                    found.Add(view);
                }

                from = candidate.Position;
            }

            folded += some.Count;
            if (some.Count <= size)
            {
                return (found, null);
            }
        }

        return (found, from);
    }

    /// <summary>The view that these facts of one message make.</summary>
    public static MessageView? Fold(IEnumerable<IEvent> facts)
    {
        var projection = new MessageProjection();
        return facts.Aggregate((MessageView?)null, (view, e) => projection.Evolve(view, e.StreamId, e));
    }
}
