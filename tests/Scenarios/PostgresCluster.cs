using Gateway.EmbeddedPostgres;
using Npgsql;

namespace Gateway.Scenarios;

/// <summary>
/// One cluster for a whole test run: a private one that nothing on the disk waits for, or the running server that
/// <c>GATEWAY_TEST_POSTGRES</c> names. Each test class takes a database of its own.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly string root = Path.Combine(
        Path.GetTempPath(),
        $"gateway-tests-{Guid.NewGuid().ToString("N")[..8]}"
    );

    private PostgresServer? server;
    private string connectionString = "";

    /// <summary>Where fetched builds are kept: the same folder that <c>make run</c> uses.</summary>
    public static string SharedCache { get; } = Path.Combine(Repository(), "data", "postgres-binaries");

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_TEST_POSTGRES") is { Length: > 0 } given)
        {
            connectionString = given;
            return;
        }

        server = await PostgresServer.StartAsync(
            new()
            {
                Root = root,
                CacheDirectory = SharedCache,
                Durable = false,
                MaxConnections = 300,
            }
        );
        connectionString = server.ConnectionString;
    }

    /// <summary>A connection string to a fresh database; one of that name from an earlier run is dropped.</summary>
    /// <param name="template">A database to copy, to which nobody may be connected; null for an empty one.</param>
    public async Task<string> CreateDatabase(string name, string? template = null)
    {
        var quoted = Quote(name);
        // Copying files is more than twice as fast as the default, which writes every page to the log.
        var copy = template is null ? "" : $" template {Quote(template)} strategy file_copy";
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }
        );
        await using var drop = source.CreateCommand($"drop database if exists {quoted} with (force)");
        await drop.ExecuteNonQueryAsync();
        await using var create = source.CreateCommand($"create database {quoted}{copy}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            Directory.Delete(root, true);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
