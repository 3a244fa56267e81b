using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Gateway.Scenarios.Faults;

/// <summary>A gateway of its own that can be killed and started again on the same database, at the same address.</summary>
public sealed class GatewayProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly IReadOnlyDictionary<string, string> settings;
    private ChildProcess? process;

    private GatewayProcess(IReadOnlyDictionary<string, string> settings)
    {
        this.settings = settings;
        Folder = Directory.CreateTempSubdirectory("gateway-faults-").FullName;
        Address = new($"http://127.0.0.1:{FreePort()}");
        Http = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>For everything that belongs to it; gone with it.</summary>
    public string Folder { get; }
    public Uri Address { get; }

    /// <summary>With the key of the first start.</summary>
    public HttpClient Http { get; }

    public static Task<GatewayProcess> Start(string connectionString) =>
        Start(new Dictionary<string, string> { ["ConnectionStrings__Gateway"] = connectionString });

    /// <param name="settings">Environment variables; without a connection string it starts its own database.</param>
    public static async Task<GatewayProcess> Start(IReadOnlyDictionary<string, string> settings)
    {
        var gateway = new GatewayProcess(settings);
        await gateway.Start();
        var keyFile = Path.Combine(gateway.Folder, "first-key");
        await Eventually.True(
            () => Task.FromResult(File.Exists(keyFile) && new FileInfo(keyFile).Length > 0),
            Patience,
            "a first key"
        );
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await File.ReadAllTextAsync(keyFile)
        );
        return gateway;
    }

    /// <summary>Starts it, and waits until it is ready.</summary>
    public async Task Start()
    {
        process?.Dispose();
        process = ChildProcess.Start(
            "Gateway.Api.dll",
            [],
            new Dictionary<string, string>(settings)
            {
                ["Gateway__FirstKeyFile"] = Path.Combine(Folder, "first-key"),
                ["Gateway__PairingTriesPerMinute"] = "10000",
                ["urls"] = Address.ToString(),
                ["DOTNET_gcServer"] = "0",
            },
            Path.Combine(Folder, "gateway.log")
        );
        await Eventually.True(IsReady, Patience, "a gateway that is ready");
    }

    public Task Kill() => process!.Kill();

    /// <summary>Asks it to stop; its exit code, and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> Stop()
    {
        var began = Stopwatch.GetTimestamp();
        process!.Terminate();
        await process.Ended();
        return (process.ExitCode, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Whether the process that was started last still runs.</summary>
    public bool Runs => process is { HasExited: false };

    public async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>What readiness says about everything that reads the events.</summary>
    public async Task<string?> ViewsDetail() => (await Get("/health/ready")).ViewsDetail();

    /// <summary>Gets JSON that must be there.</summary>
    public async Task<JsonElement> Get(string path)
    {
        using var answer = await Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public void Dispose()
    {
        process?.Dispose();
        Http.Dispose();
        if (Environment.GetEnvironmentVariable("GATEWAY_TEST_KEEP") is null)
        {
            Directory.Delete(Folder, true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Reading what <c>/health/ready</c> answers.</summary>
public static class Readiness
{
    public static string? ViewsDetail(this JsonElement ready) =>
        ready.GetProperty("checks").GetProperty("views").GetProperty("detail").GetString();
}

/// <summary>Waiting for what must come.</summary>
public static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, TimeSpan patience, string what)
    {
        var end = DateTime.UtcNow + patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, $"Waited {patience.TotalSeconds:0} s in vain for {what}.");
            await Task.Delay(50);
        }
    }
}
