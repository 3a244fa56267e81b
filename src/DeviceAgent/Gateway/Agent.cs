using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Gateway;

/// <summary>How an agent runs.</summary>
/// <param name="Folder">A paired device's folder.</param>
/// <param name="Radios">URIs; empty for those it was paired with.</param>
/// <param name="PartsPerMinute">Per SIM; null for 10 with a modem and no limit with a simulator.</param>
/// <param name="Dial">Opens a WebSocket otherwise than over the network, for tests.</param>
/// <param name="Say">Hears sentences about what goes on; no numbers, no texts.</param>
public sealed record AgentOptions(
    string Folder,
    IReadOnlyList<string> Radios,
    int? PartsPerMinute = null,
    int Places = 2,
    BackOff? BackOff = null,
    TimeProvider? Time = null,
    IDisk? Disk = null,
    Func<Uri, CancellationToken, Task<WebSocket>>? Dial = null,
    Action<string>? Say = null
);

/// <summary>One device: its journal, its radios, its link. Many of them fit into one process.</summary>
public sealed class Agent : IAsyncDisposable
{
    private const int ModemPartsPerMinute = 10;
    private static readonly string Version = typeof(Agent).Assembly.GetName().Version?.ToString(3) ?? "0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    private readonly AgentOptions options;
    private readonly TimeProvider time;
    private readonly DeviceFolder folder;
    private readonly Journal journal;
    private readonly ECDsa key;
    private readonly IReadOnlyList<IRadio> radios;
    private readonly Outbox.Outbox outbox;
    private readonly Connection connection;

    private Agent(
        AgentOptions options,
        DeviceFolder folder,
        Membership membership,
        Journal journal,
        IReadOnlyList<IRadio> radios
    )
    {
        (this.options, this.folder, this.journal, this.radios) = (options, folder, journal, radios);
        (time, key, Membership) = (options.Time ?? TimeProvider.System, folder.Key(), membership);
        var (clock, boot) = (
            new AgentClock(time),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))
        );
        var crash = new CrashPoints(
            radios
                .OfType<SimulatedRadio>()
                .Select(radio => radio.Carrier.Scenario.Crash)
                .FirstOrDefault(plan => plan is not null)
        );
        var simulated = radios.All(radio => radio is SimulatedRadio);
        var limit = options.PartsPerMinute ?? (simulated ? 0 : ModemPartsPerMinute);
        var (gapMin, gapMax) = simulated ? (0, 0) : (1000, 4000);
        var dispatcher = new Dispatcher(
            journal,
            clock,
            radios,
            new(boot, Hash(key), () => new(limit, gapMin, gapMax, Random.Shared.NextDouble), options.Places),
            crash
        );
        outbox = new(journal, dispatcher, crash);
        var server = new Uri(membership.Server);
        connection = new(
            options,
            server,
            new(membership.Device, membership.Epoch, boot, server.Authority, Version, key, clock),
            outbox,
            new(radios, outbox, clock, Version)
        );
    }

    /// <summary>Where it belongs.</summary>
    public Membership Membership { get; }

    public IReadOnlyList<IRadio> Radios => radios;

    /// <summary>Takes the folder, reads the journal, opens the radios.</summary>
    /// <exception cref="AgentException">The folder is in use or isn't paired, or a radio isn't there.</exception>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static async Task<Agent> Open(AgentOptions options, CancellationToken stop)
    {
        var folder = DeviceFolder.Take(options.Folder);
        try
        {
            var membership =
                folder.Membership()
                ?? throw new AgentException(
                    AgentExit.NotPaired,
                    $"{options.Folder} holds no paired device. Pair it first."
                );
            var time = options.Time ?? TimeProvider.System;
            var radios = new List<IRadio>();
            foreach (var uri in options.Radios.Count > 0 ? options.Radios : membership.Radios)
            {
                radios.Add(await RadioFactory.Open(uri, time, stop));
            }
            var journal = Journal.Open(folder.Path, time, options.Disk);
            if (journal.Dropped > 0)
            {
                options.Say?.Invoke(
                    $"The journal's last write was cut short: {journal.Dropped} octets dropped."
                );
            }
            return new(options, folder, membership, journal, radios);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Works until it is stopped or can't go on.</summary>
    public async Task<AgentExit> Run(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var abandon = new CancellationTokenSource();
        using var patience = stop.Register(() => abandon.CancelAfter(Patience));
        using var ticks = time.CreateTimer(
            _ => outbox.Post(new Ticked()),
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );
        var hearing = radios.Select(radio => Hear(radio, ending.Token)).ToArray();
        var linking = connection.Run(ending.Token);
        var working = outbox.Run(null, ending.Token, abandon.Token);
        await Task.WhenAny([working, linking, .. hearing]);
        abandon.CancelAfter(Patience);
        await ending.CancelAsync();
        return await Ended(working, linking, hearing);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var radio in radios)
        {
            await radio.DisposeAsync();
        }
        journal.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    private static async Task<AgentExit> Ended(
        Task working,
        Task<AgentExit?> linking,
        Task<AgentExit?>[] hearing
    )
    {
        try
        {
            await working;
        }
        catch (JournalException failure)
        {
            return new(AgentExit.Journal, failure.Message);
        }
        catch (OperationCanceledException)
        {
            // Abandoned with a part in flight: the next start will find its intent.
        }
        foreach (var end in (Task<AgentExit?>[])[linking, .. hearing])
        {
            if (await end is { } exit)
            {
                return exit;
            }
        }
        return new(AgentExit.Stopped, "Stopped.");
    }

    private async Task<AgentExit?> Hear(IRadio radio, CancellationToken stop)
    {
        try
        {
            await foreach (var happened in radio.Events(stop))
            {
                if (happened is RadioClosed closed)
                {
                    return new(AgentExit.Radio, closed.Why);
                }
                outbox.Post(new RadioSaid(radio, happened));
                if (happened is RadioChanged or SimChanged)
                {
                    connection.HealthChanged();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        return null;
    }

    private static Func<Lease, string> Hash(ECDsa key)
    {
        var secret = SHA256.HashData(key.ExportPkcs8PrivateKey());
        return lease =>
            Convert.ToHexStringLower(
                HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{lease.To}\n{lease.Text}"))
            )[..32];
    }
}
