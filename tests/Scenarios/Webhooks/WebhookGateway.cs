using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Alba;
using Gateway.Scenarios.Webhooks;
using Marten.Events.Daemon.Coordination;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;

[assembly: AssemblyFixture(typeof(WebhookGateways))]

namespace Gateway.Scenarios.Webhooks;

/// <summary>Gateways with their own settings for webhooks, on one cluster; each starts when it is first asked for.</summary>
public sealed class WebhookGateways : IAsyncDisposable
{
    private readonly PostgresCluster cluster = new();
    private readonly Lazy<Task> started;
    private readonly Lazy<Task<WebhookGateway>> open;
    private readonly Lazy<Task<WebhookGateway>> strict;

    public WebhookGateways()
    {
        started = new(() => cluster.InitializeAsync().AsTask());
        open = new(() => Start("webhooks_open", allowPrivate: true));
        strict = new(() => Start("webhooks_strict", allowPrivate: false));
    }

    /// <summary>One that may call receivers on this computer.</summary>
    public Task<WebhookGateway> Open => open.Value;

    /// <summary>One as it is installed.</summary>
    public Task<WebhookGateway> Strict => strict.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in new[] { open, strict }.Where(gateway => gateway.IsValueCreated))
        {
            await (await gateway.Value).DisposeAsync();
        }

        await cluster.DisposeAsync();
    }

    private async Task<WebhookGateway> Start(string database, bool allowPrivate)
    {
        await started.Value;
        return await WebhookGateway.Start(await cluster.CreateDatabase(database), allowPrivate);
    }
}

/// <summary>A gateway that retries within seconds, and a client with its first key.</summary>
public sealed record WebhookGateway(IAlbaHost Host, HttpClient Client) : IAsyncDisposable
{
    private static readonly int[] RetrySeconds = [0, 1, 1, 1];

    public static async Task<WebhookGateway> Start(string connectionString, bool allowPrivate)
    {
        var keyFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var host = await AlbaHost.For<Program>(web =>
        {
            web.UseSetting("ConnectionStrings:Gateway", connectionString);
            web.UseSetting("Gateway:FirstKeyFile", keyFile);
            web.UseSetting("Webhooks:AllowPrivateAddresses", $"{allowPrivate}");
            foreach (var (n, seconds) in RetrySeconds.Index())
            {
                web.UseSetting($"Webhooks:RetrySeconds:{n}", $"{seconds}");
            }

            web.ConfigureServices(services => services.RunWolverineInSoloMode());
        });
        await Eventually.True(() => File.Exists(keyFile) && new FileInfo(keyFile).Length > 0);
        var client = host.Server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await File.ReadAllTextAsync(keyFile)
        );
        File.Delete(keyFile);
        return new(host, client);
    }

    /// <summary>Registers an address for these event types; answers with its id and secret.</summary>
    public async Task<(string Id, string Secret)> Register(string url, params string[] events)
    {
        using var response = await Client.PostAsJsonAsync("/v1/webhooks", new { url, events });
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    /// <summary>Asks for a trial delivery.</summary>
    public async Task<System.Net.HttpStatusCode> Test(string id)
    {
        using var response = await Client.PostAsync(
            new Uri($"/v1/webhooks/{id}/test", UriKind.Relative),
            null
        );
        return response.StatusCode;
    }

    /// <summary>Reads a resource as JSON.</summary>
    public Task<JsonElement> Read(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>The list of calls, once it has that many.</summary>
    public async Task<JsonElement[]> Attempts(string id, int count)
    {
        JsonElement[] items = [];
        await Eventually.True(async () =>
        {
            var page = await Read($"/v1/webhooks/{id}/attempts");
            items = [.. page.GetProperty("items").EnumerateArray()];
            return items.Length >= count;
        });
        return items;
    }

    /// <summary>Empties a view and makes it again from the events.</summary>
    public async Task Rebuild(string view)
    {
        var coordinator = Host.Services.GetRequiredService<IProjectionCoordinator>();
        var daemon = (await coordinator.AllDaemonsAsync())[0];
        await daemon.RebuildProjectionAsync(view, TestContext.Current.CancellationToken);
        await daemon.StartAgentAsync($"{view}:All", TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
