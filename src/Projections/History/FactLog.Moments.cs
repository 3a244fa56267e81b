using NodaTime;
using Npgsql;

namespace Gateway.Projections.History;

/// <summary>Where a moment stands in the log.</summary>
public sealed partial class FactLog
{
    /// <summary>
    /// The position of an instant: the longest part of the log that ends with a fact recorded by then. It is found by
    /// looking at fixed places, so that it is the same for ever, whatever is recorded later.
    /// </summary>
    public async Task<FoundMoment> PositionAt(Instant instant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            with recursive head as (
                select (select last_seq_id from gateway.mt_event_progression where name = 'HighWaterMark') as mark,
                       (select max(seq_id) from gateway.mt_events) as last
            ), step(bit, at) as (
                select 43, 0::bigint
                union all
                select bit - 1, case when at + (1::bigint << (bit - 1)) <= head.mark and (
                    select timestamp from gateway.mt_events
                    where seq_id >= at + (1::bigint << (bit - 1)) and seq_id <= head.mark order by seq_id limit 1
                ) <= @instant then at + (1::bigint << (bit - 1)) else at end
                from step, head where bit > 0
            )
            select step.at, @instant > clock_timestamp(),
                   @instant > clock_timestamp() - interval '500 milliseconds'
                   or coalesce(head.mark, 0) < coalesce(head.last, 0)
                     and not exists (select from gateway.mt_events
                                     where seq_id > step.at and seq_id <= head.mark and timestamp > @instant)
                   or exists (select from pg_locks l join pg_stat_activity a using (pid)
                              where l.relation = 'gateway.mt_events'::regclass
                                and l.mode = 'RowExclusiveLock' and a.xact_start <= @instant)
            from step, head where bit = 0
            """
        );
        command.Parameters.AddWithValue("instant", instant.ToDateTimeUtc());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(row.GetInt64(0), row.GetBoolean(1), !row.GetBoolean(2));
    }

    /// <summary>Where a fact of the tenant stands; null when there is none of this id.</summary>
    public async Task<long?> PositionOf(string tenant, Guid fact, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select seq_id from gateway.mt_events where id = @id and tenant_id = @tenant"
        );
        command.Parameters.AddWithValue("id", fact);
        command.Parameters.AddWithValue("tenant", tenant);
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }
}

/// <summary>An instant in the log.</summary>
/// <param name="Position">Of the last fact that was recorded by then; 0 for none.</param>
/// <param name="IsFuture">By the database's clock it is still to come.</param>
/// <param name="IsSettled">No fact of that time can come any more: whoever could write one has ended.</param>
public readonly record struct FoundMoment(long Position, bool IsFuture, bool IsSettled);
