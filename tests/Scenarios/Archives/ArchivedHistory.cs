using Gateway.Scenarios.Views;
using Npgsql;

namespace Gateway.Scenarios.Archives;

/// <summary>A varied history, and the archive that its gateway gave of it.</summary>
public sealed class ArchivedHistory(SharedGateway shared) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-archive-");
    private readonly VariedHistory history = new(shared);

    public SharedGateway Shared => shared;
    public string ConnectionString => history.ConnectionString;

    /// <summary>The archive.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "all.gwa");

    /// <summary>A key of the origin.</summary>
    public string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await history.InitializeAsync();
        await using var host = GatewayHost.On(history.ConnectionString);
        Key = await host.NewKey("default");
        await VariedHistory.CaughtUp(host);
        using var client = host.Client(Key);
        await File.WriteAllBytesAsync(Path, await client.GetByteArrayAsync("/v1/archive"));
    }

    /// <summary>Everything that an archive must bring along, of the facts up to a position.</summary>
    public static async Task<IReadOnlyList<string>> Log(string connectionString, long upTo)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }
        );
        await using var command = source.CreateCommand(
            """
            select to_jsonb(e)::text from gateway.mt_events e where seq_id <= $1
            union all
            select to_jsonb(s)::text from (
                select tenant_id, id, type, version, is_archived from gateway.mt_streams s where exists (
                    select from gateway.mt_events e
                    where e.tenant_id = s.tenant_id and e.stream_id = s.id and e.seq_id <= $1)
            ) s order by 1
            """
        );
        command.Parameters.Add(new() { Value = upTo });
        await using var rows = await command.ExecuteReaderAsync();
        var log = new List<string>();
        while (await rows.ReadAsync())
        {
            log.Add(rows.GetString(0));
        }

        return log;
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(true);
        return ValueTask.CompletedTask;
    }
}
