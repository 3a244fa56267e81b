using Gateway.EmbeddedPostgres;
using Npgsql;

namespace Gateway.Bench;

/// <summary>A folder for one run with a durable PostgreSQL in it; both go when the run ends.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly PostgresServer server;

    private Workplace(string folder, PostgresServer server, PostgresBinaries binaries, int processId) =>
        (Folder, this.server, Binaries, ProcessId) = (folder, server, binaries, processId);

    public string Folder { get; }

    public PostgresBinaries Binaries { get; }

    /// <summary>The postmaster's.</summary>
    public int ProcessId { get; }

    public string Version => server.Version;

    /// <exception cref="InvalidOperationException">The server doesn't wait for the disk.</exception>
    public static async Task<Workplace> Open(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-bench-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The server's account must get through; what is secret inside has modes of its own.
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute
            );
        }

        var options = new EmbeddedPostgresOptions
        {
            Root = Path.Combine(folder, "postgres"),
            CacheDirectory = Path.Combine(folder, "binaries"),
            Durable = true,
        };
        try
        {
            var server = await PostgresServer.StartAsync(options, stop);
            await using var data = NpgsqlDataSource.Create(server.ConnectionString);
            await using var asked = data.CreateCommand(
                """
                select current_setting('synchronous_commit') = 'on' and current_setting('fsync') = 'on',
                       split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int
                """
            );
            await using var answer = await asked.ExecuteReaderAsync(stop);
            await answer.ReadAsync(stop);
            return answer.GetBoolean(0)
                ? new(folder, server, await PostgresBinaries.ResolveAsync(options, stop), answer.GetInt32(1))
                : throw new InvalidOperationException("A number without durable commits doesn't count.");
        }
        catch
        {
            Directory.Delete(folder, true);
            throw;
        }
    }

    /// <summary>An empty database; returns its connection string.</summary>
    public async Task<string> NewDatabase(string name, CancellationToken stop)
    {
        await using var data = NpgsqlDataSource.Create(server.ConnectionString);
        await using var create = data.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync(stop);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = name,
        }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(Folder, true);
    }
}
