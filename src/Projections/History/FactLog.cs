using Npgsql;

namespace Gateway.Projections.History;

/// <summary>
/// Reads the log: every fact of a tenant in the order of positions, never beyond the mark up to which no transaction can
/// put a fact any more. Who goes on from where a page ended misses nothing and sees nothing twice, however late a
/// transaction commits. PostgreSQL is asked directly, since a fact goes out as it is stored.
/// </summary>
public sealed partial class FactLog(NpgsqlDataSource database, EventForms forms)
{
    /// <summary>A number with more texts is looked for in the log itself, rather than text by text.</summary>
    private const int ManyStreams = 5_000;

    /// <summary>Up to where the log is complete; 0 while it is empty.</summary>
    public async Task<long> Mark(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select coalesce((select last_seq_id from gateway.mt_event_progression where name = 'HighWaterMark'), 0)"
        );
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The mark, and up to where the views have read by which a number is found.</summary>
    public async Task<(long Mark, long Views)> Reached(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(max(last_seq_id) filter (where name = 'HighWaterMark'), 0),
                   coalesce(max(last_seq_id) filter (where name = @views), 0)
            from gateway.mt_event_progression
            """
        );
        command.Parameters.AddWithValue("views", $"{Views.Name}:All");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The last position that is visible, which may be beyond the mark; 0 while there is none.</summary>
    public async Task<long> Last(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select coalesce(max(seq_id), 0) from gateway.mt_events"
        );
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The facts after a position, at most so many, oldest first.</summary>
    /// <param name="upTo">Not beyond this position; null for the end of the log.</param>
    public async Task<FactPage> Read(
        FactFilter filter,
        long after,
        int most,
        CancellationToken cancellation,
        long? upTo = null
    )
    {
        var mark = await Mark(cancellation);
        var end = Math.Min(mark, upTo ?? mark);
        if (after >= end)
        {
            return new([], after, false);
        }

        var facts = await Facts(filter, after, end, most + 1, cancellation);
        return facts.Count > most ? Cut(facts, most) : new(facts, end, false);
    }

    /// <summary>
    /// The same for somebody who looks once: the last page also has what is visible beyond the mark, where a fact may
    /// still be put between two others.
    /// </summary>
    public async Task<FactPage> Look(
        FactFilter filter,
        long after,
        int most,
        CancellationToken cancellation,
        long? upTo = null
    )
    {
        var mark = await Mark(cancellation);
        var facts = await Facts(filter, after, upTo ?? long.MaxValue, most + 1, cancellation);
        var sure = facts.Take(most).Count(fact => fact.Position <= mark);
        return facts.Count <= most
            ? new(facts, upTo ?? Math.Max(mark, after), false)
            : Cut(facts, sure > 0 ? sure : most);
    }

    private static FactPage Cut(IReadOnlyList<StoredFact> facts, int most) =>
        new([.. facts.Take(most)], facts[most - 1].Position, true);

    private async Task<IReadOnlyList<StoredFact>> Facts(
        FactFilter filter,
        long after,
        long upTo,
        int most,
        CancellationToken cancellation
    )
    {
        await using var command = await Asked(filter, after, upTo, most, Columns, cancellation);
        return await Facts(command, cancellation);
    }

    /// <summary>How many facts there are between two positions; beyond <paramref name="most"/> it isn't counted.</summary>
    public async Task<int> Count(
        FactFilter filter,
        long after,
        long upTo,
        int most,
        CancellationToken cancellation
    )
    {
        await using var command = await Asked(filter, after, upTo, most, "e.seq_id", cancellation);
        command.CommandText = $"select count(*)::int from ({command.CommandText}) f";
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Every fact of one stream, in its order.</summary>
    public async Task<IReadOnlyList<StoredFact>> Stream(
        string tenant,
        Guid id,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from gateway.mt_events e
            where e.tenant_id = @tenant and e.stream_id = @id order by e.version
            """
        );
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("id", id);
        return await Facts(command, cancellation);
    }

    /// <summary>Single facts, by their ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, StoredFact>> Find(
        string tenant,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from gateway.mt_events e where e.tenant_id = @tenant and e.id = any(@ids)"
        );
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("ids", ids.ToArray());
        return (await Facts(command, cancellation)).ToDictionary(fact => fact.Id);
    }

    /// <summary>The streams that have a fact of one of these types by a position.</summary>
    public async Task<IReadOnlyList<Guid>> StreamsWith(
        string tenant,
        IReadOnlyCollection<string> types,
        long upTo,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            """
            select distinct stream_id from gateway.mt_events
            where tenant_id = @tenant and type = any(@types) and seq_id <= @upTo
            """
        );
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("types", types.SelectMany(forms.NamesOf).ToArray());
        command.Parameters.AddWithValue("upTo", upTo);
        var streams = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            streams.Add(rows.GetGuid(0));
        }

        return streams;
    }

    private async Task<IReadOnlyList<StoredFact>> Facts(NpgsqlCommand command, CancellationToken cancellation)
    {
        var facts = new List<StoredFact>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            facts.Add(Fact(rows));
        }

        return facts;
    }

    private const string Columns = """
        e.id, e.seq_id, e.stream_id, e.version, e.type, e.user_name, e.correlation_id, e.causation_id,
        e.data ->> 'at', e.timestamp, e.data
        """;

    private StoredFact Fact(NpgsqlDataReader row)
    {
        var (type, schema, json) = forms.Renewed(row.GetString(4), row.GetFieldValue<byte[]>(10));
        return new(
            row.GetGuid(0),
            row.GetInt64(1),
            row.GetGuid(2),
            row.GetInt64(3),
            type,
            schema,
            Text(5),
            Text(6),
            Text(7),
            Text(8),
            row.GetDateTime(9),
            json
        );

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
