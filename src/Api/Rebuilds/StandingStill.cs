using Npgsql;

namespace Gateway.Api.Rebuilds;

/// <summary>
/// Views that nobody changes for a moment: their tables are locked, and how far their readers have come. Readers of the
/// tables go on unless they are to be replaced.
/// </summary>
public sealed class StandingStill : IAsyncDisposable
{
    private const int Tries = 200;

    private StandingStill(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyDictionary<string, long> positions
    ) => (Connection, Transaction, Positions) = (connection, transaction, positions);

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>Of the readers, by their names.</summary>
    public IReadOnlyDictionary<string, long> Positions { get; }

    /// <summary>Waits for those who write; gives way rather than holding them up, and tries again.</summary>
    /// <param name="mode">As PostgreSQL calls it.</param>
    public static async Task<StandingStill> Take(
        NpgsqlDataSource database,
        IReadOnlyList<string> tables,
        string mode,
        CancellationToken stop
    )
    {
        for (var tried = 1; ; tried++)
        {
            var connection = await database.OpenConnectionAsync(stop);
            try
            {
                var transaction = await connection.BeginTransactionAsync(stop);
                // Shorter than PostgreSQL's own patience with a deadlock: it is always we who give way.
                await Run(connection, "set local lock_timeout = '300ms'", stop);
                await Run(connection, $"lock table {string.Join(", ", tables)} in {mode} mode", stop);
                return new(connection, transaction, await Read(connection, stop));
            }
            catch (PostgresException taken)
                when (taken.SqlState == PostgresErrorCodes.LockNotAvailable && tried < Tries)
            {
                await connection.DisposeAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private static async Task<IReadOnlyDictionary<string, long>> Read(
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            "select name, last_seq_id from gateway.mt_event_progression where name <> 'HighWaterMark' for update",
            connection
        );
        await using var rows = await command.ExecuteReaderAsync(stop);
        var positions = new Dictionary<string, long>();
        while (await rows.ReadAsync(stop))
        {
            positions[rows.GetString(0)] = rows.IsDBNull(1) ? 0 : rows.GetInt64(1);
        }

        return positions;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
