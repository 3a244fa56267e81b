using Gateway.EmbeddedPostgres;

namespace Gateway.Api.Setup;

/// <summary>The database the gateway works on: the configured one, else its own.</summary>
/// <param name="Description">One line for the start-up banner.</param>
public sealed record Database(string ConnectionString, string Description, PostgresServer? Embedded)
    : IAsyncDisposable
{
    /// <summary>With a connection string nothing is started and nothing on disk is touched.</summary>
    public static async Task<Database> Open(string[] args)
    {
        var configuration = WebApplication.CreateBuilder(args).Configuration;
        if (configuration.GetConnectionString("Gateway") is { Length: > 0 } given)
        {
            return new(given, "PostgreSQL as configured", null);
        }

        var options =
            configuration.GetSection("EmbeddedPostgres").Get<EmbeddedPostgresOptions>()
            ?? new EmbeddedPostgresOptions();
        var server = await PostgresServer.StartAsync(options);
        return new(server.ConnectionString, server.Banner, server);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
