using Npgsql;

namespace Gateway.Scenarios.Archives;

/// <summary>Where facts stand in a database.</summary>
public static class Positions
{
    /// <summary>Of the last fact; 0 when there is none.</summary>
    public static async Task<long> Last(string connectionString) =>
        (await Read(connectionString, "select coalesce(max(seq_id), 0) from gateway.mt_events")).Single();

    /// <summary>Of calls to webhooks behind a position.</summary>
    public static Task<IReadOnlyList<long>> Attempts(string connectionString, long after) =>
        Read(
            connectionString,
            $"select seq_id from gateway.mt_events where type like 'webhook_%' and seq_id > {after}"
        );

    private static async Task<IReadOnlyList<long>> Read(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }
        );
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var read = new List<long>();
        while (await rows.ReadAsync())
        {
            read.Add(rows.GetInt64(0));
        }

        return read;
    }
}
