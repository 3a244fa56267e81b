using System.Net.WebSockets;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Gateway;

/// <summary>Keeps a device connected: dials, waits, dials again, and sends its health while it is.</summary>
internal sealed class Connection(
    AgentOptions options,
    Uri server,
    LinkIdentity who,
    Outbox.Outbox outbox,
    HealthReport health
)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    private readonly TimeProvider time = options.Time ?? TimeProvider.System;
    private readonly BackOff backOff = options.BackOff ?? BackOff.Usual;
    private TaskCompletionSource changed = Fresh();

    /// <summary>Something changed that the gateway should know at once.</summary>
    public void HealthChanged() => Interlocked.Exchange(ref changed, Fresh()).TrySetResult();

    /// <summary>Until it is stopped, or the gateway says never to come back.</summary>
    public async Task<AgentExit?> Run(CancellationToken stop)
    {
        for (var tries = 1; !stop.IsCancellationRequested; tries++)
        {
            var start = time.GetTimestamp();
            var (closeCode, problem) = await Once(stop);
            if (AgentExit.Of(closeCode) is { } exit)
            {
                return exit;
            }
            tries = time.GetElapsedTime(start) >= backOff.Stable ? 1 : tries;
            var wait = backOff.Wait(tries, Random.Shared.NextDouble());
            if (!stop.IsCancellationRequested)
            {
                options.Say?.Invoke($"No connection ({problem}); next try in {wait.TotalSeconds:0.0} s.");
                await Quietly(Task.Delay(wait, time, stop));
            }
        }
        return null;
    }

    private async Task<(int? CloseCode, string Problem)> Once(CancellationToken stop)
    {
        try
        {
            var uri = new UriBuilder(new Uri(server, Wire.SocketPath))
            {
                Scheme = server.Scheme == "https" ? "wss" : "ws",
            }.Uri;
            using var socket = await (options.Dial ?? Dial)(uri, stop);
            var link = new GatewayLink(socket, who, outbox);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var beating = BeatHealth(link, ended.Token);
            var code = await link.Run(stop);
            await ended.CancelAsync();
            await beating;
            return (code, code is { } said ? $"closed with {said}" : "lost");
        }
        catch (Exception failure)
            when (failure
                    is WebSocketException
                        or HttpRequestException
                        or IOException
                        or OperationCanceledException
            )
        {
            return (null, failure.Message);
        }
    }

    private async Task BeatHealth(GatewayLink link, CancellationToken stop)
    {
        try
        {
            var welcome = await link.Welcomed.Task.WaitAsync(stop);
            options.Say?.Invoke("Connected.");
            while (true)
            {
                link.Send([await health.Read(link.ClockSkewMs, stop)]);
                await Quietly(
                    changed.Task.WaitAsync(TimeSpan.FromMilliseconds(welcome.HeartbeatMs), time, stop)
                );
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone; the next one has a heart of its own.
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task Quietly(Task wait) =>
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<WebSocket> Dial(Uri uri, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Wire.SubProtocol);
        socket.Options.KeepAliveInterval = Beat;
        socket.Options.KeepAliveTimeout = Beat;
        try
        {
            await socket.ConnectAsync(uri, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
