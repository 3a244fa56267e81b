using Npgsql;

namespace Gateway.Bench;

/// <summary>What the gateway's event store says of a run, asked without getting in its way.</summary>
internal sealed class StoredFacts(string database) : IAsyncDisposable
{
    /// <summary>Numbers below the head by so much are all committed or never will be.</summary>
    private const long Unsettled = 1_000;

    private readonly NpgsqlDataSource data = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 2 }.ConnectionString
    );
    private long settled;
    private long deliveredSettled;

    /// <summary>Messages delivered, and the number of the latest event. Reads only what came since the last call.</summary>
    public async Task<(long Delivered, long Head)> Now(CancellationToken stop)
    {
        await using var ask = data.CreateCommand(
            """
            with head as (select coalesce(max(seq_id), 0) as seq from gateway.mt_events)
            select seq,
                   count(e.seq_id) filter (where e.seq_id <= seq - $2),
                   count(e.seq_id)
            from head left join gateway.mt_events e on e.seq_id > $1 and e.type = 'message_delivered'
            group by seq
            """
        );
        ask.Parameters.Add(new() { Value = settled });
        ask.Parameters.Add(new() { Value = Unsettled });
        await using var answer = await ask.ExecuteReaderAsync(stop);
        await answer.ReadAsync(stop);
        var head = answer.GetInt64(0);
        var delivered = deliveredSettled + answer.GetInt64(2);
        deliveredSettled += answer.GetInt64(1);
        settled = Math.Max(settled, head - Unsettled);
        return (delivered, head);
    }

    /// <summary>How many events the slowest view is behind.</summary>
    public async Task<long> Lag(CancellationToken stop)
    {
        await using var ask = data.CreateCommand(
            """
            select coalesce((select max(seq_id) from gateway.mt_events), 0)
                 - coalesce((select min(last_seq_id) from gateway.mt_event_progression where name not like 'HighWater%'), 0)
            """
        );
        return Math.Max(0, (long)(await ask.ExecuteScalarAsync(stop))!);
    }

    /// <summary>How often each kind of fact about messages was recorded.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Counts(CancellationToken stop)
    {
        await using var ask = data.CreateCommand(
            "select type, count(*) from gateway.mt_events where type like 'message\\_%' or type = 'segment_reported' group by type order by 1"
        );
        await using var answer = await ask.ExecuteReaderAsync(stop);
        var counts = new Dictionary<string, long>();
        while (await answer.ReadAsync(stop))
        {
            counts[answer.GetString(0)] = answer.GetInt64(1);
        }

        return counts;
    }

    public ValueTask DisposeAsync() => data.DisposeAsync();
}
