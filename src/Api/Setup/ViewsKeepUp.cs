using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Gateway.Api.Setup;

/// <summary>
/// Whether all that reads the events after they are stored, views and webhooks, still gets on. Never worse than degraded:
/// messages go out all the same, and every node sees the same, so no node is better than another.
/// </summary>
public sealed class ViewsKeepUp(IDocumentStore store, NpgsqlDataSource database, IConfiguration configuration)
    : IHealthCheck
{
    private const long MostEventsBehind = 50_000;
    private const int MostSecondsWithoutMoving = 30;

    // By the database's clock alone. Nobody stands still who has had nothing to read: what counts is the shorter of
    // the time since the last move and the age of the first event that waits. A transaction that holds numbers back
    // holds the mark, too, which says how far the others may read, so the mark is watched like them.
    private const string Sql = """
        select reader.name,
               head.seq - coalesce(progress.last_seq_id, 0),
               extract(epoch from now() - greatest(progress.last_updated, waiting.timestamp))::float8
        from unnest($1) reader(name)
        cross join (select coalesce(max(seq_id), 0) as seq from gateway.mt_events) head
        left join gateway.mt_event_progression progress on progress.name = reader.name
        join lateral (
            select timestamp from gateway.mt_events
            where seq_id > coalesce(progress.last_seq_id, 0) order by seq_id limit 1
        ) waiting on true
        """;

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken
    )
    {
        var readers = ((IEventStore)store).RegisteredShardNames().Select(shard => shard.Identity);
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = readers.Append(ShardState.HighWaterMark).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var behind = new List<Trailing>();
        while (await rows.ReadAsync(cancellationToken))
        {
            behind.Add(new(rows.GetString(0), rows.GetInt64(1), TimeSpan.FromSeconds(rows.GetDouble(2))));
        }

        var patience = configuration.GetValue("Gateway:SecondsUntilStalled", MostSecondsWithoutMoving);
        return Judge(behind, TimeSpan.FromSeconds(patience));
    }

    /// <summary>Degraded when one stands still while events wait for it, or is very far behind.</summary>
    public static HealthCheckResult Judge(IReadOnlyList<Trailing> behind, TimeSpan patience)
    {
        var most = behind.Select(reader => reader.Events).DefaultIfEmpty().Max();
        var detail = $"{most} events behind at most";
        var stalled = behind
            .Where(reader => reader.WithoutMoving >= patience)
            .Select(reader => $"{reader.Name} has not moved for {reader.WithoutMoving.TotalSeconds:0} s")
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (stalled.Length > 0)
        {
            return HealthCheckResult.Degraded($"{detail}; {string.Join(", ", stalled)}");
        }

        return most > MostEventsBehind
            ? HealthCheckResult.Degraded(detail)
            : HealthCheckResult.Healthy(detail);
    }

    /// <summary>A reader for which events wait.</summary>
    /// <param name="Name">As the store calls it, such as <c>Views:All</c>.</param>
    /// <param name="Events">How many, at most: numbers that were never used count too.</param>
    /// <param name="WithoutMoving">How long it has stood still although there was something to read.</param>
    public sealed record Trailing(string Name, long Events, TimeSpan WithoutMoving);
}
