using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Gateway.DeviceProtocol;

namespace Gateway.Scenarios.Devices;

/// <summary>A device whose every word a scenario chooses, so that it can lie, repeat itself and vanish.</summary>
public sealed class RawDevice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ECDsa key;
    private readonly Uri server;
    private readonly Queue<DownFrame> unread = new();
    private ClientWebSocket socket = new();

    private RawDevice(ECDsa key, Uri server, PairAnswer place) =>
        (this.key, this.server, Place) = (key, server, place);

    public PairAnswer Place { get; }

    /// <summary>Shows a code and a new key.</summary>
    public static async Task<RawDevice> Pair(TestTenant tenant)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (code, nonce, publicKey) = (
            await tenant.PairingCode(),
            "bm9uY2Utbm9uY2Utbm9uY2U=",
            Proof.PublicKey(key)
        );
        var request = new PairRequest(
            code,
            publicKey,
            [new RadioSim("sim1", new(), "+447700900001")],
            nonce,
            Proof.Sign(key, Proof.Pairing(code, nonce, publicKey)),
            "raw",
            "test"
        );
        using var http = new HttpClient { BaseAddress = tenant.Host.Address };
        using var response = await http.PostAsJsonAsync(Wire.PairPath, request, Wire.Json);
        response.EnsureSuccessStatusCode();
        return new(
            key,
            tenant.Host.Address,
            (await response.Content.ReadFromJsonAsync<PairAnswer>(Wire.Json))!
        );
    }

    /// <summary>Opens the link and says hello; returns the welcome.</summary>
    public async Task<Welcome> Connect(
        long lastN = 0,
        int places = 2,
        string boot = "boot-1",
        params IReadOnlyList<Hold> holds
    )
    {
        var challenge = await Dial();
        var proof = Proof.Hello(challenge.Nonce, Place.Device, Place.Epoch, boot, server.Authority);
        await Say(
            new Hello(
                Place.Device,
                Place.Epoch,
                boot,
                "1.0.0",
                Proof.Sign(key, proof),
                lastN,
                holds,
                [new RadioSim("sim1", new(), "+447700900001")],
                new Dictionary<string, int> { ["sim1"] = places }
            )
        );
        return await Hear<Welcome>();
    }

    /// <summary>Opens the link; returns the challenge.</summary>
    public async Task<Challenge> Dial()
    {
        socket.Dispose();
        unread.Clear();
        socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Wire.SubProtocol);
        await socket.ConnectAsync(
            new UriBuilder(server) { Scheme = "ws", Path = Wire.SocketPath }.Uri,
            CancellationToken.None
        );
        return await Hear<Challenge>();
    }

    public Task Say(params IReadOnlyList<UpFrame> frames) =>
        socket.SendAsync(Wire.Write([.. frames]), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Waits for a frame of this kind; others before it are passed over.</summary>
    public async Task<T> Hear<T>(Func<T, bool>? such = null)
        where T : DownFrame
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            while (unread.TryDequeue(out var frame))
            {
                if (frame is T wanted && (such is null || such(wanted)))
                {
                    return wanted;
                }
            }

            await Read(patience.Token);
        }
    }

    /// <summary>Waits until the gateway ends the link; returns its close code.</summary>
    public async Task<int> Closed()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (socket.CloseStatus is null)
        {
            await Read(patience.Token);
        }

        return (int)socket.CloseStatus;
    }

    /// <summary>Takes a lease and claims it.</summary>
    public async Task<Lease> ClaimNext()
    {
        var lease = await Hear<Lease>();
        await Say(new Taken(lease.M, lease.F), new Claim(lease.M, lease.F));
        await Hear<ClaimYes>(yes => yes.M == lease.M);
        return lease;
    }

    /// <summary>The link is gone without a word.</summary>
    public void Vanish() => socket.Abort();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        key.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Read(CancellationToken cancellation)
    {
        var buffer = new byte[Wire.MostOctets];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (part.EndOfMessage)
            {
                break;
            }
        }

        foreach (var frame in Wire.ReadDown(buffer.AsSpan(0, length)))
        {
            unread.Enqueue(frame);
        }
    }
}
