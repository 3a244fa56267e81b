using Gateway.Application;
using Gateway.Application.Access;
using Gateway.Domain;
using Marten;
using Wolverine;

namespace Gateway.Api.Setup;

/// <summary>What a newcomer needs at the first start: a key, and where everything is. Printed for people, once the gateway listens.</summary>
public sealed class FirstRun(
    IServiceScopeFactory scopes,
    IDocumentStore store,
    IHostApplicationLifetime lifetime,
    IConfiguration configuration
) : BackgroundService
{
    private static readonly string[] EveryScope =
    [
        "messages:*",
        "devices:*",
        "webhooks:*",
        "projections:*",
        "audit:read",
        "archive:read",
        "keys:*",
    ];

    /// <summary>Where the first key is kept, readable by its owner only.</summary>
    public static string KeyFile(IConfiguration configuration) =>
        configuration["Gateway:FirstKeyFile"] ?? "./data/first-key";

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var listening = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);

        // Written under another name until it holds: killed in between, the next start finds it, and nobody uses it too early.
        var path = Path.GetFullPath(KeyFile(configuration));
        var draft = path + ".new";
        await using var session = store.QuerySession(SystemTenant.First);
        if (await session.Query<ApiKeyEntry>().AnyAsync(stoppingToken))
        {
            if (File.Exists(draft))
            {
                File.Move(draft, path, overwrite: true);
            }

            return;
        }

        var key = KeyText.Make();
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var command = new CreateApiKey(DerivedId.Of("first-key", key), "first key", EveryScope, null, key);
        Keep(key, draft);
        await Origin
            .System("first-start")
            .SignOn(bus)
            .InvokeForTenantAsync<Decision>(SystemTenant.First, command, stoppingToken);
        File.Move(draft, path, overwrite: true);
    }

    private static void Keep(string key, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(key));
    }
}
