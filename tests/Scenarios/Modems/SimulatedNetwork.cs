using System.Text.Json;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.DeviceAgent.Modem.Simulator.AtFace;
using Gateway.Domain.Telephony;

namespace Gateway.Scenarios.Modems;

/// <summary>A simulated modem for one scenario: where it is reached, and what the network saw.</summary>
public sealed class SimulatedNetwork : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly StringWriter truth = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modem-");
    private readonly SimulatedModem modem;
    private readonly Task[] running;

    private SimulatedNetwork(string face, string personality, TimeProvider time)
    {
        var scenario = new Scenario(
            Defaults: new(AcceptMs: Spread.Parse("5"), Report: new(After: Spread.Parse("20")))
        );
        Carrier = new(scenario, time, new Truth(truth));
        modem = new(Carrier, time, personality: Personality.Named(personality));
        running = [modem.Receive(stopping.Token), Serve(face)];
    }

    public Carrier Carrier { get; }

    /// <summary>As the agent's configuration names it.</summary>
    public string Uri { get; private set; } = "";

    /// <summary>Where other programs find it; only behind a pseudo-terminal.</summary>
    public string Link => Path.Combine(folder.FullName, "modem");

    /// <summary>A place for a scenario's files.</summary>
    public string Folder => folder.FullName;

    /// <summary>How many PDUs a store of the modem holds.</summary>
    public int Stored(string store) => modem.Stored(store);

    /// <summary>What the network took from us.</summary>
    public IReadOnlyList<TakenPart> Taken =>
        [
            .. truth
                .ToString()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Where(record => record.GetProperty("f").GetString() == "mo")
                .Select(record => record.GetProperty("v").Deserialize<TakenPart>(JsonSerializerOptions.Web)!),
        ];

    /// <param name="face"><c>tcp</c>, <c>unix</c> or <c>pty</c>.</param>
    public static SimulatedNetwork Start(
        string face,
        string personality = "echo",
        TimeProvider? time = null
    ) => new(face, personality, time ?? TimeProvider.System);

    /// <summary>A segment of a text for it, as the dispatcher would hand it to a radio.</summary>
    public static OutboundPart Part(string to, IReadOnlyList<string> parts, int index) =>
        new(
            "sim1",
            Guid.Empty,
            Msisdn.Parse(to),
            parts[index],
            SmsAlphabet.Gsm7,
            index + 1,
            parts.Count,
            Reference: 42,
            Report: true,
            Class: null,
            Validity: TimeSpan.FromHours(24),
            Repeat: false,
            _ => ValueTask.CompletedTask
        );

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(TimeSpan.FromSeconds(5)));
        modem.Dispose();
        Carrier.Dispose();
        folder.Delete(recursive: true);
        stopping.Dispose();
    }

    private async Task Serve(string face)
    {
        if (face == "pty")
        {
            await ModemFace.Serve(modem, Link, _ => Uri = $"at://{Link}", stopping.Token);
            return;
        }

        using var listening = face == "tcp" ? ModemFace.ListenTcp(0) : ModemFace.ListenUnix(Link);
        Uri = face == "tcp" ? $"at+tcp://{listening.LocalEndPoint}" : $"at+unix:{Link}";
        await ModemFace.Serve(modem, listening, stopping.Token);
    }
}

/// <summary>A part the network took.</summary>
/// <param name="Body_h">The hash of its text.</param>
public sealed record TakenPart(string Msisdn, string Body_h, int Mr, int Part, int Of, bool Report);
