using Npgsql;

namespace Gateway.Api.Setup.Log;

/// <summary>
/// What the log is found by, beside positions and streams. Made beside all other work, so that a long history gets them
/// too; until then it is searched more slowly.
/// </summary>
public sealed partial class LogIndexes(
    NpgsqlDataSource database,
    Turns turns,
    TimeProvider time,
    ILogger<LogIndexes> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly (string Name, string Of)[] All =
    [
        ("log_by_actor", "(tenant_id, user_name, seq_id)"),
        ("log_by_correlation", "(tenant_id, correlation_id, seq_id)"),
        ("log_by_type", "(tenant_id, type, seq_id)"),
        ("log_by_device", "(tenant_id, (data ->> 'deviceId'), seq_id) where data ? 'deviceId'"),
        (
            "log_of_conversations",
            "(tenant_id, (data ->> 'conversationId'), seq_id) where type in ('message_dispatched', 'inbound_message_received')"
        ),
        ("log_of_readings", "using gin ((data -> 'subjects')) where type = 'content_read'"),
    ];

    /// <summary>For the store to leave them alone.</summary>
    public static IEnumerable<string> Names => All.Select(index => index.Name);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await IsMade(stoppingToken))
        {
            // Asked again and again: who waits for a lock inside the database keeps the making of an index waiting.
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task<bool> IsMade(CancellationToken stop)
    {
        try
        {
            return await Make(stop);
        }
        catch (Exception broken) when (!stop.IsCancellationRequested)
        {
            // The database may be away. An exception that escaped would end the gateway.
            LogLater(logger, broken);
            return false;
        }
    }

    /// <summary>False when another gateway is making them.</summary>
    private async Task<bool> Make(CancellationToken stop)
    {
        await using var turn = await turns.Take("gateway.log_indexes", stop);
        if (turn is null)
        {
            return false;
        }

        foreach (var (name, of) in All)
        {
            // One that was cut off half-way stays behind, of no use.
            await Do(
                $"""
                do $$ begin
                    if exists (select from pg_index where indexrelid = to_regclass('gateway.{name}') and not indisvalid)
                    then drop index gateway.{name}; end if;
                end $$
                """
            );
            await Do($"create index concurrently if not exists {name} on gateway.mt_events {of}");
        }

        return true;

        async Task Do(string sql)
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The indexes of the log could not be made; it is tried again")]
    private static partial void LogLater(ILogger logger, Exception broken);
}
