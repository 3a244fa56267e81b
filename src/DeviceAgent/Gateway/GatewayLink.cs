using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Gateway;

/// <summary>One connection to the gateway, from challenge to close.</summary>
internal sealed class GatewayLink(WebSocket socket, LinkIdentity who, Outbox.Outbox outbox)
{
    private const int ReadOctets = 4096;

    private readonly Channel<IReadOnlyList<UpFrame>> up = Channel.CreateUnbounded<IReadOnlyList<UpFrame>>(
        new() { SingleReader = true }
    );

    /// <summary>The welcome; the task waits for it and fails with the connection.</summary>
    public TaskCompletionSource<Welcome> Welcomed { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gateway clock minus device clock at the challenge is what the other side knows; this is ours, inverted.</summary>
    public long? ClockSkewMs { get; private set; }

    /// <summary>Sends when it comes to it; never blocks.</summary>
    public void Send(IReadOnlyList<UpFrame> frames) => up.Writer.TryWrite(frames);

    /// <summary>Runs until the connection ends.</summary>
    /// <returns>The close code; null when it just broke.</returns>
    public async Task<int?> Run(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var writing = Write(ended.Token);
        try
        {
            await Read(ended.Token);
        }
        catch (Exception lost)
            when (lost is WebSocketException or IOException or OperationCanceledException or WireException)
        {
            // However a connection ends, it has ended. What it owes is in the journal.
        }
        outbox.Connect(null);
        await ended.CancelAsync();
        up.Writer.TryComplete();
        Welcomed.TrySetCanceled(CancellationToken.None);
        await writing;
        return (int?)socket.CloseStatus;
    }

    private async Task Read(CancellationToken stop)
    {
        var buffer = new byte[ReadOctets];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
                return;
            }
            length += part.Count;
            if (part.EndOfMessage)
            {
                foreach (var frame in Wire.ReadDown(buffer.AsSpan(0, length)))
                {
                    await Take(frame, stop);
                }
                length = 0;
            }
            else if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, Wire.MostOctets + ReadOctets));
            }
        }
    }

    private async ValueTask Take(DownFrame frame, CancellationToken stop)
    {
        switch (frame)
        {
            case Challenge challenge:
                ClockSkewMs = who.Clock.Now - challenge.ServerTime;
                Send([await Hello(challenge, stop)]);
                break;
            case Welcome welcome:
                outbox.Connect(Send);
                outbox.Post(new GatewaySaid(welcome));
                Welcomed.TrySetResult(welcome);
                break;
            default:
                outbox.Post(new GatewaySaid(frame));
                break;
        }
    }

    private async Task<Hello> Hello(Challenge challenge, CancellationToken stop)
    {
        var wanted = new TaskCompletionSource<Holdings>(TaskCreationOptions.RunContinuationsAsynchronously);
        outbox.Post(new HelloWanted(wanted));
        var holdings = await wanted.Task.WaitAsync(stop);
        var text = Proof.Hello(challenge.Nonce, who.Device, who.Epoch, who.Boot, who.Host);
        return new(
            who.Device,
            who.Epoch,
            who.Boot,
            who.Version,
            Proof.Sign(who.Key, text),
            holdings.LastN,
            holdings.Holds,
            holdings.Radios,
            holdings.Free
        );
    }

    private async Task Write(CancellationToken stop)
    {
        var batch = new List<Frame>();
        try
        {
            while (await up.Reader.WaitToReadAsync(stop))
            {
                batch.Clear();
                while (batch.Count < 256 && up.Reader.TryRead(out var frames))
                {
                    batch.AddRange(frames);
                }
                foreach (var text in Wire.Split(batch))
                {
                    await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, stop);
                }
            }
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException)
        {
            socket.Abort();
        }
    }
}

/// <summary>Who a device is on its connections.</summary>
/// <param name="Boot">The random word for this run.</param>
/// <param name="Host">The authority it dials; part of the proof.</param>
internal sealed record LinkIdentity(
    Guid Device,
    int Epoch,
    string Boot,
    string Host,
    string Version,
    ECDsa Key,
    AgentClock Clock
);
