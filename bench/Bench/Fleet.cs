using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Gateway.DeviceAgent.Gateway;

namespace Gateway.Bench;

/// <summary>Real agents in this process, each with its journal, a simulated SIM and a link of its own.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private const int PairedAtOnce = 8;

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<(Agent Agent, Task<AgentExit> Running)> agents = [];
    private readonly string folder;
    private int connected;

    private Fleet(string folder) => this.folder = folder;

    /// <summary>Where the journals are, for the report.</summary>
    public static string JournalsIn => Directory.Exists(Memory) ? Memory : "the temp folder";

    /// <summary>When each message's lease was seen first, in ticks of the stopwatch; empty without taps.</summary>
    public ConcurrentDictionary<Guid, long> Leases { get; } = new();

    /// <summary>Agents that ended by themselves.</summary>
    public int Lost => agents.Count(agent => agent.Running.IsCompleted);

    /// <summary>Pairs the agents, starts them and waits until all are connected.</summary>
    /// <param name="tapped">Notes leases as they come; costs a second reading of every frame.</param>
    public static async Task<Fleet> Start(
        GatewayProcess gateway,
        int count,
        bool tapped,
        CancellationToken stop
    )
    {
        var parent = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        var fleet = new Fleet(Path.Combine(parent, $"gateway-bench-{Guid.NewGuid():N}"));
        try
        {
            using var http = new HttpClient { BaseAddress = gateway.Url };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = PairedAtOnce, CancellationToken = stop },
                async (i, cancellation) => await fleet.Add(gateway, http, i, tapped, cancellation)
            );
            await fleet.Connected(count, stop);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        foreach (var (agent, running) in agents)
        {
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await agent.DisposeAsync();
        }

        stop.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, true);
        }
    }

    private async ValueTask Add(
        GatewayProcess gateway,
        HttpClient http,
        int i,
        bool tapped,
        CancellationToken cancellation
    )
    {
        var home = Path.Combine(folder, $"{i}");
        var radio = $"sim:?acceptMs=0&reportMs=0&seed={i + 1}&number=+447700900{i + 10:000}";
        using var answer = await http.PostAsJsonAsync("/v1/devices/pairing-codes", new { }, cancellation);
        answer.EnsureSuccessStatusCode();
        var code = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation))
            .GetProperty("code")
            .GetString()!;
        await Pairing.Pair(new(gateway.Url, code, home, [radio], $"bench {i}"), http, cancellation);
        Func<Uri, CancellationToken, Task<WebSocket>>? dial = tapped
            ? (uri, ending) => LeaseTap.Dial(uri, Leases, ending)
            : null;
        var agent = await Agent.Open(new(home, [radio], Dial: dial, Say: Hear), stop.Token);
        agents.Add((agent, Task.Run(() => agent.Run(stop.Token), CancellationToken.None)));
    }

    private void Hear(string sentence)
    {
        if (sentence == "Connected.")
        {
            Interlocked.Increment(ref connected);
        }
    }

    private async Task Connected(int count, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (Volatile.Read(ref connected) < count)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
