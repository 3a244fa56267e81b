using Gateway.EmbeddedPostgres;

namespace Gateway.Api.Setup;

/// <summary>The database the gateway works on: the configured one, else its own.</summary>
/// <param name="Description">One line for the start-up banner.</param>
public sealed record Database(string ConnectionString, string Description, PostgresServer? Embedded)
    : IAsyncDisposable
{
    /// <summary>For a process that only describes itself: well formed, and never opened.</summary>
    private static readonly Database Nowhere = new("Host=nowhere;Database=gateway", "none", null);

    /// <summary>Whether another process of ours started the private server and will stop it.</summary>
    public bool IsBorrowed => Embedded is { IsOwner: false };

    /// <summary>With a connection string nothing is started and nothing on disk is touched.</summary>
    public static async Task<Database> Open(string[] args)
    {
        if (CommandLine.IsOnlyDescribed || CommandLine.IsForCode(args))
        {
            return Nowhere;
        }

        var configuration = WebApplication.CreateBuilder(CommandLine.SettingsIn(args)).Configuration;
        if (CommandLine.SandboxOf(args) is not null)
        {
            return await OfItsOwn(configuration);
        }

        if (configuration.GetConnectionString("Gateway") is { Length: > 0 } given)
        {
            return new(given, "PostgreSQL as configured", null);
        }

        var server = await PostgresServer.StartAsync(Options(configuration));
        return new(
            server.ConnectionString,
            $"{server.Banner} (for production set ConnectionStrings__Gateway)",
            server
        );
    }

    /// <summary>A private server in a folder that goes with it.</summary>
    private static async Task<Database> OfItsOwn(IConfiguration configuration)
    {
        var options = Options(configuration) with
        {
            Root = Path.Combine(Path.GetTempPath(), $"gateway-sandbox-{Path.GetRandomFileName()}"),
            Durable = false,
            Goes = true,
        };
        var server = await PostgresServer.StartAsync(options);
        return new(server.ConnectionString, server.Banner, server);
    }

    private static EmbeddedPostgresOptions Options(IConfiguration configuration) =>
        configuration.GetSection("EmbeddedPostgres").Get<EmbeddedPostgresOptions>() ?? new();

    /// <summary>Says in the log where everything is kept.</summary>
    public void Announce(ILogger log) => DatabaseLog.Say(log, Description);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>What the database says in the log.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(LogLevel.Information, "Database: {Description:l}")]
    public static partial void Say(ILogger log, string description);
}
