using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using Npgsql;

namespace Gateway.Api.Archives;

/// <summary>Facts as they are stored, one after the other.</summary>
public static class FactRows
{
    /// <summary>Those of all tenants.</summary>
    public static IAsyncEnumerable<ArchivedFact> All(
        NpgsqlConnection connection,
        long upTo,
        CancellationToken cancellation
    ) => Read(connection, "true", [new("upTo", upTo)], cancellation);

    /// <summary>Of the streams, whosever they are, that have a fact behind a position and up to another.</summary>
    public static IAsyncEnumerable<ArchivedFact> Range(
        NpgsqlConnection connection,
        long after,
        long upTo,
        CancellationToken cancellation
    ) =>
        Read(
            connection,
            """
            exists (select from gateway.mt_events r where r.tenant_id = e.tenant_id and r.stream_id = e.stream_id
                    and r.seq_id > @after and r.seq_id <= @upTo)
            """,
            [new("after", after), new("upTo", upTo)],
            cancellation
        );

    /// <summary>Of some streams of one tenant.</summary>
    public static IAsyncEnumerable<ArchivedFact> Streams(
        NpgsqlConnection connection,
        string tenant,
        IReadOnlyCollection<Guid> streams,
        long upTo,
        CancellationToken cancellation
    ) =>
        Read(
            connection,
            "e.tenant_id = @tenant and e.stream_id = any(@streams)",
            [new("tenant", tenant), new("streams", streams.ToArray()), new("upTo", upTo)],
            cancellation
        );

    private static async IAsyncEnumerable<ArchivedFact> Read(
        NpgsqlConnection connection,
        string which,
        NpgsqlParameter[] parameters,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select e.seq_id, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.timestamp, e.data,
                   case when e.version = 1 then (select s.type from gateway.mt_streams s
                                                 where s.tenant_id = e.tenant_id and s.id = e.stream_id) end,
                   e.correlation_id, e.causation_id, e.user_name, e.headers
            from gateway.mt_events e where e.seq_id <= @upTo and {which} order by e.seq_id
            """,
            connection
        )
        {
            CommandTimeout = 0,
        };
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(
                row.GetInt64(0),
                row.GetGuid(1),
                row.GetString(2),
                row.GetGuid(3),
                row.GetInt64(4),
                row.GetString(5),
                Instant.FromDateTimeUtc(row.GetDateTime(6)),
                Json(row, 7)!.Value,
                Text(row, 8),
                Text(row, 9),
                Text(row, 10),
                Text(row, 11),
                Json(row, 12)
            );
        }
    }

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonElement? Json(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column)
            ? null
            : JsonSerializer.Deserialize<JsonElement>(row.GetFieldValue<byte[]>(column));
}
