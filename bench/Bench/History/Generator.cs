using System.Text.Json;
using Gateway.Application;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Bench.History;

/// <summary>Fills an empty store with a long history, in the order of time, by COPY; what is there comes out the same each time.</summary>
internal static class Generator
{
    /// <summary>Five for a message, and three more when it is answered.</summary>
    public const double EventsPerMessage = 5.3;

    private const string Tenant = "default";

    /// <summary>More than anybody makes; by their ids they all come before what is sent today.</summary>
    private const long MostMessages = 100_000_000;

    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
    }.AddDomainValues();

    /// <summary>Returns the number of messages and of events.</summary>
    public static async Task<(long Messages, long Events)> Fill(
        string database,
        long events,
        TextWriter screen,
        CancellationToken stop
    )
    {
        var messages = (long)(events / EventsPerMessage);
        await using var data = NpgsqlDataSource.Create(database);
        var position = await Scalar(data, "select last_value from gateway.mt_events_sequence", stop);
        var first = position;
        await Begin(data, messages, stop);
        await using (var connection = await data.OpenConnectionAsync(stop))
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                """
                copy gateway.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                    correlation_id, causation_id, user_name, is_archived) from stdin (format binary)
                """,
                stop
            )
        )
        {
            copy.Timeout = TimeSpan.FromHours(1);
            foreach (var e in InOrder(messages))
            {
                await Write(copy, ++position, e, stop);
                if (position % 500_000 == 0)
                {
                    await screen.WriteLineAsync($"  {position:N0} events");
                }
            }

            await copy.CompleteAsync(stop);
        }

        await Run(data, $"select setval('gateway.mt_events_sequence', {position})", stop);
        // For the readers it is the past: nothing is sent for it, and its views come from a rebuild.
        await Run(
            data,
            $"update gateway.mt_event_progression set last_seq_id = {position}, last_updated = now()",
            stop
        );
        await Run(data, "vacuum analyze gateway.mt_events", stop);
        await Run(data, "vacuum analyze gateway.mt_streams", stop);
        return (messages, position - first);
    }

    /// <summary>The events of all messages by time: a message is looked at when its first event is next.</summary>
    private static IEnumerable<Stored> InOrder(long messages)
    {
        var waiting = new PriorityQueue<Stored, (Instant, long)>();
        var place = 0L;
        for (var i = 0L; i < messages; i++)
        {
            var life = Life.Of(i, messages).ToList();
            while (waiting.TryPeek(out var next, out _) && next.At <= life[0].At)
            {
                yield return waiting.Dequeue();
            }

            foreach (var e in life)
            {
                waiting.Enqueue(e, (e.At, place++));
            }
        }

        while (waiting.TryDequeue(out var next, out _))
        {
            yield return next;
        }
    }

    private static async Task Write(
        NpgsqlBinaryImporter copy,
        long position,
        Stored e,
        CancellationToken stop
    )
    {
        var type = e.Data.GetType();
        await copy.StartRowAsync(stop);
        await copy.WriteAsync(position, NpgsqlDbType.Bigint, stop);
        await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, stop);
        await copy.WriteAsync(e.Stream, NpgsqlDbType.Uuid, stop);
        await copy.WriteAsync((long)e.Version, NpgsqlDbType.Bigint, stop);
        await copy.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(e.Data, type, Json),
            NpgsqlDbType.Jsonb,
            stop
        );
        await copy.WriteAsync(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name),
            NpgsqlDbType.Varchar,
            stop
        );
        await copy.WriteAsync(e.At.ToDateTimeUtc(), NpgsqlDbType.TimestampTz, stop);
        await copy.WriteAsync(Tenant, NpgsqlDbType.Varchar, stop);
        await copy.WriteAsync($"{type.FullName}, {type.Assembly.GetName().Name}", NpgsqlDbType.Varchar, stop);
        await copy.WriteAsync(e.Correlation, NpgsqlDbType.Varchar, stop);
        await copy.WriteNullAsync(stop);
        await copy.WriteAsync(e.Actor, NpgsqlDbType.Varchar, stop);
        await copy.WriteAsync(false, NpgsqlDbType.Boolean, stop);
    }

    private static async Task Begin(NpgsqlDataSource data, long messages, CancellationToken stop)
    {
        await using var connection = await data.OpenConnectionAsync(stop);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy gateway.mt_streams (id, type, version, tenant_id, is_archived) from stdin (format binary)",
            stop
        );
        copy.Timeout = TimeSpan.FromHours(1);
        foreach (
            var (id, kind, version) in Enumerable
                .Range(0, (int)messages)
                .SelectMany(i => Life.Of(i, messages).GroupBy(e => e.Stream, (id, life) => life.Last()))
                .Select(last => (last.Stream, last.Kind, last.Version))
        )
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(kind, NpgsqlDbType.Varchar, stop);
            await copy.WriteAsync((long)version, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(Tenant, NpgsqlDbType.Varchar, stop);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, stop);
        }

        await copy.CompleteAsync(stop);
    }

    /// <summary>How many of its messages there are; what was sent since doesn't count.</summary>
    public static async Task<long> Messages(NpgsqlDataSource data, CancellationToken stop)
    {
        await using var command = data.CreateCommand(
            "select count(*) from gateway.mt_streams where type = 'message' and id < $1"
        );
        command.Parameters.Add(new() { Value = Life.IdOf(MostMessages) });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    public static async Task<long> Scalar(NpgsqlDataSource data, string sql, CancellationToken stop)
    {
        await using var command = data.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), null);
    }

    public static async Task Run(NpgsqlDataSource data, string sql, CancellationToken stop)
    {
        await using var command = data.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(stop);
    }
}
