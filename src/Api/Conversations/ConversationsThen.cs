using Gateway.Api.History;
using Gateway.Api.Messages;
using Gateway.Projections.Conversations;
using Gateway.Projections.History;
using Gateway.Projections.Messages;
using NodaTime;
using NodaTime.Text;

namespace Gateway.Api.Conversations;

/// <summary>One conversation in the list.</summary>
/// <param name="Line">Our number.</param>
/// <param name="Remote">The other side.</param>
/// <param name="Last">Its newest entry; null while the view of messages trails.</param>
public sealed record ConversationAnswer(
    Guid Id,
    string Line,
    string Remote,
    int Unread,
    Instant LastAt,
    MessageAnswer? Last
)
{
    /// <summary>From the view, and that of its newest entry.</summary>
    public static ConversationAnswer Of(ConversationView view, MessageView? last) =>
        new(
            view.Id,
            view.Line,
            view.Remote,
            view.Unread,
            Instant.FromUnixTimeMilliseconds(view.LastAt),
            last is null ? null : MessageAnswer.Of(last)
        );
}

/// <summary>Answers about conversations as they were.</summary>
public sealed class ConversationsThen(PastConversations conversations, PastStreams streams)
{
    private const int MostLookedAt = 2_000;

    /// <summary>One; null when there was none.</summary>
    public async Task<ConversationAnswer?> One(
        string tenant,
        Guid id,
        Past past,
        CancellationToken cancellation
    )
    {
        var found = await conversations.List(
            tenant,
            past.Position,
            past.HappenedByText,
            id,
            null,
            long.MaxValue,
            1,
            cancellation
        );
        return (await Show(tenant, found, past, cancellation)) is [var one] ? one : null;
    }

    /// <summary>A page, the latest first; it may be short and still not be the last.</summary>
    public async Task<Page<ConversationAnswer>> List(
        string tenant,
        Past past,
        string? number,
        bool onlyUnread,
        long? before,
        int size,
        CancellationToken cancellation
    )
    {
        var kept = new List<PastConversation>();
        var from = before ?? long.MaxValue;
        for (var looked = 0; looked < MostLookedAt && kept.Count <= size; )
        {
            var some = await conversations.List(
                tenant,
                past.Position,
                past.HappenedByText,
                null,
                number,
                from,
                size + 1,
                cancellation
            );
            kept.AddRange(some.Where(conversation => !onlyUnread || conversation.Unread > 0));
            if (some.Count <= size)
            {
                from = -1;
                break;
            }

            (from, looked) = (some[^1].LastPosition, looked + some.Count);
        }

        var shown = kept.Take(size).ToList();
        var next =
            kept.Count > size ? shown[^1].LastPosition
            : from < 0 ? (long?)null
            : from;
        return new(
            await Show(tenant, shown, past, cancellation),
            next is { } position ? Paging.Cursor(position) : null
        );
    }

    private async Task<IReadOnlyList<ConversationAnswer>> Show(
        string tenant,
        IReadOnlyList<PastConversation> found,
        Past past,
        CancellationToken cancellation
    )
    {
        var facts = await streams.Facts(
            tenant,
            [.. found.Select(conversation => conversation.LastMessageId)],
            past,
            cancellation
        );
        return
        [
            .. found.Select(c => new ConversationAnswer(
                c.Id,
                c.Line,
                c.Remote,
                c.Unread,
                WholeMilliseconds(c.LastAt),
                PastMessages.Fold(facts[c.LastMessageId]) is { } last ? MessageAnswer.Of(last) : null
            )),
        ];
    }

    /// <summary>As the view keeps it.</summary>
    private static Instant WholeMilliseconds(string stored) =>
        Instant.FromUnixTimeMilliseconds(
            InstantPattern.ExtendedIso.Parse(stored).Value.ToUnixTimeMilliseconds()
        );
}
