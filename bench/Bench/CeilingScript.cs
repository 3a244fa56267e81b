using System.Globalization;
using System.Text;
using Npgsql;

namespace Gateway.Bench;

/// <summary>
/// The rows of one accepted message as statements for pgbench. Tables, indexes and the row itself are copies of what a
/// gateway wrote; only ids, numbers and times are fresh. Ids are version 7, as the gateway's are.
/// </summary>
internal static class CeilingScript
{
    private const string FreshId = """
        cast(lpad(to_hex(cast(extract(epoch from clock_timestamp()) * 1000 as bigint)), 12, '0')
        || '7' || substr(md5(random()::text), 1, 19) as uuid)
        """;

    /// <summary>Makes the tables; the database must hold at least one queued message.</summary>
    /// <returns>A statement with <c>{0}</c> for how many messages it writes, and the octets of one event row.</returns>
    public static async Task<(CompositeFormat Text, int Octets)> Prepare(
        NpgsqlDataSource data,
        CancellationToken stop
    )
    {
        await using var make = data.CreateCommand(
            """
            create schema ceiling;
            create table ceiling.mt_streams (like gateway.mt_streams including all);
            create table ceiling.mt_events (like gateway.mt_events including all);
            create sequence ceiling.seq;
            """
        );
        await make.ExecuteNonQueryAsync(stop);
        var streams = await Columns(
            data,
            "mt_streams",
            "id = (select stream_id from gateway.mt_events where type = 'message_queued' limit 1)",
            stop
        );
        var events = await Columns(data, "mt_events", "type = 'message_queued'", stop);
        var octets = events.Sum(column => column.Value?.Length ?? 0);
        var text = $$"""
            with fresh as materialized (select {{FreshId}} as id from generate_series(1, {0})),
            streams as (insert into ceiling.mt_streams ({{Names(streams)}})
            select {{Values(streams)}} from fresh)
            insert into ceiling.mt_events ({{Names(events)}})
            select {{Values(events)}} from fresh;
            """;
        return (CompositeFormat.Parse(text), octets);
    }

    private static string Names(IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(column => column.Name));

    private static string Values(IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(column => column.Expression));

    private static async Task<List<Column>> Columns(
        NpgsqlDataSource data,
        string table,
        string which,
        CancellationToken stop
    )
    {
        await using var ask = data.CreateCommand(
            $"""
            select attname, format_type(atttypid, atttypmod), to_jsonb(sample) ->> attname
            from pg_attribute, (select * from gateway.{table} where {which} limit 1) sample
            where attrelid = 'gateway.{table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
            order by attnum
            """
        );
        await using var answer = await ask.ExecuteReaderAsync(stop);
        var columns = new List<Column>();
        while (await answer.ReadAsync(stop))
        {
            var value = answer.IsDBNull(2) ? null : answer.GetString(2);
            columns.Add(new(table, answer.GetString(0), answer.GetString(1), value));
        }

        return columns;
    }

    private sealed record Column(string Table, string Name, string Type, string? Value)
    {
        public string Expression =>
            (Table, Name) switch
            {
                ("mt_streams", "id") or ("mt_events", "stream_id") => "fresh.id",
                ("mt_events", "id") => FreshId,
                ("mt_events", "seq_id") => "nextval('ceiling.seq')",
                (_, "timestamp" or "created") => "now()",
                _ when Value is null => "null",
                _ => $"cast({Literal(Value)} as {Type})",
            };

        // Neither pgbench, which replaces :names, nor the frame around may find its marks in a value.
        private static string Literal(string value) =>
            "U&'"
            + string.Concat(
                value.Select(c =>
                    c is ':' or '{' or '}' or '\\' or '\''
                        ? string.Create(CultureInfo.InvariantCulture, $"\\{(int)c:X4}")
                        : c.ToString()
                )
            )
            + "'";
    }
}
