using System.Net.Http.Headers;
using Gateway.Application;
using Gateway.Application.Access;
using Gateway.Domain;
using Gateway.EmbeddedPostgres;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;

[assembly: AssemblyFixture(typeof(Gateway.Scenarios.SharedGateway))]

namespace Gateway.Scenarios;

/// <summary>The real host on a real port, with a database of its own and a clock that can be moved.</summary>
public sealed class GatewayHost : WebApplicationFactory<Program>
{
    private readonly string folder = Directory.CreateTempSubdirectory("gateway-host-").FullName;
    private readonly string connectionString;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly bool isAlone;

    private GatewayHost(
        string connectionString,
        IReadOnlyDictionary<string, string> settings,
        bool isAlone
    ) => (this.connectionString, this.settings, this.isAlone) = (connectionString, settings, isAlone);

    /// <summary>Moves what the gateway takes for the time; what waits keeps its own pace.</summary>
    public MovableTime Time { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(
            Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );

    /// <summary>A folder that goes with the host.</summary>
    public string Folder => folder;

    /// <param name="isAlone">Without the election of a leader, which starts faster; a gateway in service always has it.</param>
    public static async Task<GatewayHost> Start(
        PostgresCluster cluster,
        string database,
        IReadOnlyDictionary<string, string>? settings = null,
        bool isAlone = true
    ) => On(await cluster.CreateDatabase(database), settings, isAlone);

    /// <summary>On a database that may have a history already.</summary>
    public static GatewayHost On(
        string connectionString,
        IReadOnlyDictionary<string, string>? settings = null,
        bool isAlone = true
    )
    {
        var host = new GatewayHost(connectionString, settings ?? new Dictionary<string, string>(), isAlone);
        host.UseKestrel(0);
        host.StartServer();
        return host;
    }

    /// <summary>A tenant of its own, with a key that has these scopes; all of them when none is named.</summary>
    public async Task<TestTenant> NewTenant(params string[] scopes)
    {
        var tenant = $"t-{Guid.NewGuid():N}";
        return new TestTenant(this, tenant, await NewKey(tenant, scopes));
    }

    /// <summary>Another key of a tenant.</summary>
    public async Task<string> NewKey(string tenant, params string[] scopes)
    {
        string[] granted =
            scopes.Length > 0
                ? scopes
                :
                [
                    "messages:*",
                    "devices:*",
                    "webhooks:*",
                    "audit:read",
                    "archive:read",
                    "keys:*",
                    "projections:*",
                ];
        var key = KeyText.Make();
        await using var scope = Services.CreateAsyncScope();
        var bus = Origin.System("test").SignOn(scope.ServiceProvider.GetRequiredService<IMessageBus>());
        var command = new CreateApiKey(Guid.CreateVersion7(), "test", granted, null, key);
        var decision = await bus.InvokeForTenantAsync<Decision>(tenant, command);
        Assert.Null(decision.Rejection);
        return key;
    }

    /// <summary>A client that shows this key, or none.</summary>
    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = key is null
            ? null
            : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Gateway", connectionString);
        builder.UseSetting("Gateway:FirstKeyFile", Path.Combine(folder, "first-key"));
        builder.UseSetting("Gateway:PairingTriesPerMinute", "10000");
        builder.UseSetting("Audit:ExportFolder", Path.Combine(folder, "exports"));
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Marten.Events.Daemon", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Wolverine", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Error");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureServices(services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            if (isAlone)
            {
                services.RunWolverineInSoloMode();
            }
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, true);
    }
}

/// <summary>One host for all scenarios that need nothing of their own but a tenant.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    private readonly Lock door = new();
    private Task<GatewayHost>? host;

    /// <summary>Started by the first scenario that asks.</summary>
    public Task<GatewayHost> Host
    {
        get
        {
            lock (door)
            {
                return host ??= GatewayHost.Start(
                    Cluster,
                    "shared",
                    new Dictionary<string, string>
                    {
                        ["Webhooks:AllowPrivateAddresses"] = "true",
                        ["Webhooks:ReplayRetrySeconds:0"] = "0",
                        ["Webhooks:ReplayRetrySeconds:1"] = "0",
                    }
                );
            }
        }
    }

    /// <summary>The cluster for hosts that a scenario starts for itself.</summary>
    public PostgresCluster Cluster { get; } = new();

    public ValueTask InitializeAsync() => Cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await (await host).DisposeAsync();
        }

        await Cluster.DisposeAsync();
    }
}

/// <summary>The system's time, and a distance to it.</summary>
public sealed class MovableTime : TimeProvider
{
    private TimeSpan distance;

    public void Move(TimeSpan by) => distance += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + distance;
}
