using Gateway.Api.Messages;
using Gateway.Projections.Conversations;
using Gateway.Projections.Messages;
using Marten;

namespace Gateway.Api.Conversations;

/// <summary>Answers about conversations as the views have them.</summary>
public sealed class ConversationsNow(IDocumentStore store)
{
    /// <summary>One; null when there is none.</summary>
    public async Task<ConversationAnswer?> One(string tenant, Guid id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(tenant);
        return await session.LoadAsync<ConversationView>(id, cancellation) is { } view
            ? ConversationAnswer.Of(
                view,
                (await Last(session, [view], cancellation)).GetValueOrDefault(view.LastMessageId)
            )
            : null;
    }

    /// <summary>A page, the latest first.</summary>
    public async Task<Page<ConversationAnswer>> List(
        string tenant,
        string? number,
        bool onlyUnread,
        long? before,
        int size,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        IQueryable<ConversationView> query = session.Query<ConversationView>();
        query = before is { } position ? query.Where(view => view.LastPosition < position) : query;
        query = onlyUnread ? query.Where(view => view.Unread > 0) : query;
        query = number is not null
            ? query.Where(view => view.Remote == number || view.Line == number)
            : query;
        var views = await query
            .OrderByDescending(view => view.LastPosition)
            .Take(size + 1)
            .ToListAsync(cancellation);
        var last = await Last(session, views, cancellation);
        return Paging.Of(
            views,
            size,
            view => view.LastPosition,
            view => ConversationAnswer.Of(view, last.GetValueOrDefault(view.LastMessageId))
        );
    }

    /// <summary>A page of one's texts, the newest first.</summary>
    public async Task<Page<MessageAnswer>> Entries(
        string tenant,
        Guid id,
        long? before,
        int size,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var query = session.Query<MessageView>().Where(view => view.ConversationId == id);
        query = before is { } position ? query.Where(view => view.Position < position) : query;
        var views = await query
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        return Paging.Of(views, size, view => view.Position, MessageAnswer.Of);
    }

    private static async Task<Dictionary<Guid, MessageView>> Last(
        IQuerySession session,
        IReadOnlyList<ConversationView> views,
        CancellationToken cancellation
    )
    {
        Guid[] ids = [.. views.Select(view => view.LastMessageId)];
        return (await session.LoadManyAsync<MessageView>(cancellation, ids)).ToDictionary(message =>
            message.Id
        );
    }
}
