using Npgsql;
using NpgsqlTypes;

namespace Gateway.Projections.History;

/// <summary>A conversation as it stood.</summary>
/// <param name="LastMessageId">The newest entry, either direction.</param>
/// <param name="LastPosition">Of the fact that brought the newest entry.</param>
/// <param name="LastAt">When that happened, as the fact says.</param>
public sealed record PastConversation(
    Guid Id,
    string Line,
    string Remote,
    Guid LastMessageId,
    long LastPosition,
    string LastAt,
    int Unread
);

/// <summary>
/// Conversations as they stood, found in the log itself: going back from a position, the first fact that brought an entry
/// to a conversation is its newest one of that time.
/// </summary>
public sealed class PastConversations(NpgsqlDataSource database)
{
    /// <summary>The latest first.</summary>
    /// <param name="upTo">The last position that counts.</param>
    /// <param name="happenedBy">The last time that counts, in the stored form; null for any.</param>
    /// <param name="before">Newest entries before this position.</param>
    public async Task<IReadOnlyList<PastConversation>> List(
        string tenant,
        long upTo,
        string? happenedBy,
        Guid? id,
        string? number,
        long before,
        int most,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select c.conversation::uuid, c.line, c.remote, c.stream_id, c.seq_id, c.at, unread.texts
            from (
                select e.data ->> 'conversationId' as conversation, e.data ->> 'line' as line,
                       coalesce(e.data ->> 'to', e.data ->> 'from') as remote, e.stream_id, e.seq_id,
                       e.data ->> 'at' as at
                from gateway.mt_events e
                where {Counts("e")} and {Entry("e")} and e.seq_id < @before
                  {(id is null ? "" : "and e.data ->> 'conversationId' = @id")}
                  {(
                number is null ? "" : "and @number in (e.data ->> 'line', e.data ->> 'to', e.data ->> 'from')"
            )}
                  and not exists (
                    select from gateway.mt_events n
                    where {Counts("n")} and {Entry("n")} and n.seq_id > e.seq_id
                      and n.data ->> 'conversationId' = e.data ->> 'conversationId'
                  )
                order by e.seq_id desc limit @most
            ) c
            cross join lateral (
                select coalesce(max((r.data ->> 'upTo')::bigint), 0) as up_to from gateway.mt_events r
                where {Counts("r")} and r.stream_id = c.conversation::uuid and r.type = 'conversation_read'
            ) read
            cross join lateral (
                select count(*)::int as texts from gateway.mt_events i
                where {Counts("i")} and {Entry("i")} and i.data ->> 'conversationId' = c.conversation
                  and i.type = 'inbound_message_received' and i.seq_id > read.up_to
            ) unread
            order by c.seq_id desc
            """
        );
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("upTo", upTo);
        command.Parameters.Add(
            new("happenedBy", NpgsqlDbType.Text) { Value = (object?)happenedBy ?? DBNull.Value }
        );
        command.Parameters.AddWithValue("before", before);
        command.Parameters.AddWithValue("most", most);
        command.Parameters.AddWithValue("id", id?.ToString() ?? "");
        command.Parameters.AddWithValue("number", number ?? "");
        var found = new List<PastConversation>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(
                new(
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.GetGuid(3),
                    rows.GetInt64(4),
                    rows.GetString(5),
                    rows.GetInt32(6)
                )
            );
        }

        return found;
    }

    private static string Counts(string e) =>
        $"{e}.tenant_id = @tenant and {e}.seq_id <= @upTo and (@happenedBy is null or {e}.data ->> 'at' <= @happenedBy)";

    private static string Entry(string e) =>
        $"{e}.type in ('message_dispatched', 'inbound_message_received')";
}
