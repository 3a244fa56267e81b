using System.Net.Http.Json;
using System.Text.Json;
using Gateway.DeviceAgent.Gateway;

namespace Gateway.Scenarios.Faults;

/// <summary>A device agent of its own; its simulated carrier writes down what people really received.</summary>
public sealed class AgentProcess : IDisposable
{
    private readonly GatewayProcess gateway;
    private readonly string radio;
    private ChildProcess? process;

    private AgentProcess(GatewayProcess gateway, string name, string radio, Guid id)
    {
        (this.gateway, this.radio, Id) = (gateway, radio, id);
        Data = DataOf(gateway, name);
    }

    public Guid Id { get; }
    public string Data { get; }

    /// <summary>The carrier's ground truth.</summary>
    public string Truth => TruthOf(Data);

    /// <summary>Pairs and starts a device with this many SIMs, and waits until it is online.</summary>
    public static async Task<AgentProcess> Start(GatewayProcess gateway, string name, int sims = 4)
    {
        var agent = await Pair(gateway, name, sims);
        agent.Run();
        await agent.Online();
        return agent;
    }

    public static async Task<AgentProcess> Pair(GatewayProcess gateway, string name, int sims = 1)
    {
        using var made = await gateway.Http.PostAsJsonAsync("/v1/devices/pairing-codes", new { });
        made.EnsureSuccessStatusCode();
        var code = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        var (data, number) = (DataOf(gateway, name), 447_700_900_100 + 10 * (name[^1] - '0'));
        var truth = Uri.EscapeDataString(TruthOf(data));
        var radio =
            $"sim:?acceptMs=15&reportMs=15&sims={sims}&number=%2B{number}&device={name}&truth={truth}";
        using var http = new HttpClient();
        var place = await Pairing.Pair(
            new(gateway.Address, code, data, [radio], name),
            http,
            CancellationToken.None
        );
        return new(gateway, name, radio, place.Device);
    }

    /// <summary>Runs it on the folder it was paired with.</summary>
    /// <param name="scenario">A file with what the network shall do; null for nothing special.</param>
    public void Run(string? scenario = null)
    {
        process?.Dispose();
        process = ChildProcess.Start(
            "agent.dll",
            [
                "run",
                "--data",
                Data,
                "--radio",
                radio.Replace("sim:?", $"sim:{scenario}?", StringComparison.Ordinal),
            ],
            new Dictionary<string, string>(),
            Data + ".log"
        );
    }

    public Task Kill() => process!.Kill();

    /// <summary>Waits until it ended by itself.</summary>
    public Task Ended() => process!.Ended();

    public Task Online() =>
        Eventually.True(
            async () => (await gateway.Get($"/v1/devices/{Id}")).GetProperty("connected").GetBoolean(),
            TimeSpan.FromSeconds(30),
            "a device that is online"
        );

    public void Dispose() => process?.Dispose();

    private static string DataOf(GatewayProcess gateway, string name) => Path.Combine(gateway.Folder, name);

    private static string TruthOf(string data) => data + ".carrier";
}
