using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using Gateway.DeviceProtocol;

namespace Gateway.Bench;

/// <summary>A device's socket that notes when a lease has come out of it, and is otherwise as it was.</summary>
internal sealed class LeaseTap(WebSocket socket, ConcurrentDictionary<Guid, long> leases) : WebSocket
{
    private byte[] text = new byte[4096];
    private int length;

    public override WebSocketCloseStatus? CloseStatus => socket.CloseStatus;
    public override string? CloseStatusDescription => socket.CloseStatusDescription;
    public override WebSocketState State => socket.State;
    public override string? SubProtocol => socket.SubProtocol;

    public static async Task<WebSocket> Dial(
        Uri uri,
        ConcurrentDictionary<Guid, long> leases,
        CancellationToken stop
    )
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Wire.SubProtocol);
        await socket.ConnectAsync(uri, stop);
        return new LeaseTap(socket, leases);
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        var part = await socket.ReceiveAsync(buffer, cancellationToken);
        if (text.Length < length + part.Count)
        {
            Array.Resize(ref text, (length + part.Count) * 2);
        }

        buffer.Span[..part.Count].CopyTo(text.AsSpan(length));
        length += part.Count;
        if (part is { EndOfMessage: true, MessageType: WebSocketMessageType.Text })
        {
            Note(Stopwatch.GetTimestamp());
        }

        return part;
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        var part = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new(part.Count, part.MessageType, part.EndOfMessage);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    ) => socket.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override void Abort() => socket.Abort();

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => socket.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => socket.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Dispose() => socket.Dispose();

    private void Note(long now)
    {
        foreach (var lease in Wire.ReadDown(text.AsSpan(0, length)).OfType<Lease>())
        {
            leases.TryAdd(lease.M, now);
        }

        length = 0;
    }
}
