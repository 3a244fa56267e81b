using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using Gateway.Application.Devices;
using Gateway.DeviceProtocol;

namespace Gateway.Api.Devices.AgentV1;

/// <summary>One WebSocket of a device: frames in, frames out, and an end with a reason.</summary>
public sealed class AgentSocket(WebSocket socket) : IDeviceLink, IDisposable
{
    private const int MostFramesInOneText = 128;
    private const int OctetsAtOnce = 4096;

    private readonly Channel<DownFrame> outgoing = Channel.CreateUnbounded<DownFrame>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly ArrayBufferWriter<byte> incoming = new(OctetsAtOnce);
    private readonly CancellationTokenSource ended = new();
    private (int Code, string Reason)? close;

    /// <summary>Set when the link shall end, for whatever reason.</summary>
    public CancellationToken Ended => ended.Token;

    /// <inheritdoc />
    public void Send(params IReadOnlyList<DownFrame> frames)
    {
        foreach (var frame in frames)
        {
            outgoing.Writer.TryWrite(frame);
        }
    }

    /// <inheritdoc />
    public void Close(int code, string reason)
    {
        // The first reason stands: what follows is only the link coming down.
        close ??= (code, reason);
        outgoing.Writer.TryComplete();
    }

    /// <inheritdoc />
    public void Dispose() => ended.Dispose();

    /// <summary>Writes until closed; frames that are ready together share a text.</summary>
    public async Task Write()
    {
        try
        {
            var batch = new List<DownFrame>();
            while (await outgoing.Reader.WaitToReadAsync(ended.Token))
            {
                batch.Clear();
                while (batch.Count < MostFramesInOneText && outgoing.Reader.TryRead(out var frame))
                {
                    batch.Add(frame);
                }

                foreach (var text in Wire.Split(batch))
                {
                    await socket.SendAsync(text, WebSocketMessageType.Text, true, ended.Token);
                }
            }

            var (code, reason) = close!.Value;
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, ended.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException)
        {
            // However it ended: the link is gone, and the reader learns it too.
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    /// <summary>The frames of the next text; none when the device ended the link.</summary>
    /// <exception cref="WireException">It isn't <c>agent.v1</c>, or too long.</exception>
    public async Task<IReadOnlyList<UpFrame>?> Read(CancellationToken cancellation)
    {
        incoming.ResetWrittenCount();
        while (true)
        {
            var part = await socket.ReceiveAsync(incoming.GetMemory(OctetsAtOnce), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            incoming.Advance(part.Count);
            if (incoming.WrittenCount > Wire.MostOctets)
            {
                throw new WireException("The text is too long.");
            }

            if (part.EndOfMessage)
            {
                return Wire.ReadUp(incoming.WrittenSpan);
            }
        }
    }
}
