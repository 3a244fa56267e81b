using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>A gateway to measure: one that runs already, or one started here as a process of its own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly Process? process;

    private GatewayProcess(Uri url, string key, string? database, Process? process, GatewayLog? log) =>
        (Url, Key, Database, this.process, Log) = (url, key, database, process, log);

    public Uri Url { get; }
    public string Key { get; }

    /// <summary>Its connection string; null when it isn't known.</summary>
    public string? Database { get; }

    /// <summary>Null for one that runs already.</summary>
    public int? ProcessId => process?.Id;

    /// <summary>Null for one that runs already.</summary>
    public GatewayLog? Log { get; }

    public static GatewayProcess Running(Options options) =>
        new(options.GatewayUrl!, options.Key!, options.Database, null, null);

    /// <summary>Starts it on this database and waits until it is ready.</summary>
    /// <param name="known">A key of this database; null for one that makes its first key now.</param>
    public static async Task<GatewayProcess> Start(
        string folder,
        string database,
        CancellationToken stop,
        string? known = null
    )
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var keyFile = Path.Combine(folder, $"first-key-{url.Port}");
        var program = Path.Combine(Checkout.Folder, "src/Api/bin/Release/net10.0/Gateway.Api.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ConnectionStrings__Gateway"] = database,
                ["ASPNETCORE_URLS"] = url.ToString(),
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["Gateway__FirstKeyFile"] = keyFile,
                ["Gateway__PairingTriesPerMinute"] = "100000",
            },
        };
        var process = Process.Start(start)!;
        var log = new GatewayLog(process);
        try
        {
            var key = await Ready(url, known, keyFile, process, log, stop);
            return new(url, key, database, process, log);
        }
        catch
        {
            await End(process);
            throw;
        }
    }

    public ValueTask DisposeAsync() => process is null ? ValueTask.CompletedTask : End(process);

    private static async Task<string> Ready(
        Uri url,
        string? known,
        string keyFile,
        Process process,
        GatewayLog log,
        CancellationToken stop
    )
    {
        using var http = new HttpClient { BaseAddress = url };
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < StartPatience && !process.HasExited)
        {
            var isKeyThere = known is not null || (File.Exists(keyFile) && new FileInfo(keyFile).Length > 0);
            if (isKeyThere && await IsReady(http, stop))
            {
                return known ?? await File.ReadAllTextAsync(keyFile, stop);
            }

            await Task.Delay(100, stop);
        }

        throw new InvalidOperationException($"The gateway doesn't start. {log.Text}");
    }

    private static async Task<bool> IsReady(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready", stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It doesn't listen yet.
            return false;
        }
    }

    private static async ValueTask End(Process process)
    {
        using (process)
        {
            if (process.HasExited)
            {
                return;
            }

            using var term = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            using var patience = new CancellationTokenSource(StopPatience);
            await process
                .WaitForExitAsync(patience.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
