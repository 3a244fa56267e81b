using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Bench;

/// <summary>
/// One keep-alive connection that posts one order after another. It speaks just enough HTTP/1.1 to cost next to no
/// CPU: on a machine that it shares with the gateway, every cycle of a client is one less to measure.
/// </summary>
internal sealed class HttpLine : IDisposable
{
    private const int DigitsAtEnd = 3;

    /// <summary>Below, numbers mean something to the simulated network.</summary>
    private const int FirstPlain = 10;

    private readonly Socket socket;
    private readonly byte[] request;
    private readonly int digits;
    private readonly byte[] answer = new byte[16 * 1024];
    private int length;

    private HttpLine(Socket socket, byte[] request, int digits) =>
        (this.socket, this.request, this.digits) = (socket, request, digits);

    public static async Task<HttpLine> Open(Uri gateway, string key, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new DnsEndPoint(gateway.Host, gateway.Port), stop);
        const string Body = """
            {"to":"+447700900000","text":"Your parcel comes today between 14:00 and 16:00. Reply STOP to opt out."}
            """;
        var text =
            $"POST /v1/messages HTTP/1.1\r\nHost: {gateway.Authority}\r\nAuthorization: Bearer {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}";
        var lastDigits = text.IndexOf("+447700900000", StringComparison.Ordinal) + 13 - DigitsAtEnd;
        return new(socket, Encoding.ASCII.GetBytes(text), lastDigits);
    }

    /// <summary>Posts an order to one of 990 recipients, none of them special to the simulated network; returns the status of the answer.</summary>
    public async ValueTask<int> Post(int recipient, CancellationToken stop)
    {
        var last = FirstPlain + recipient % (1000 - FirstPlain);
        Utf8Formatter.TryFormat(last, request.AsSpan(digits, DigitsAtEnd), out _, new('D', DigitsAtEnd));
        for (var sent = 0; sent < request.Length; )
        {
            sent += await socket.SendAsync(request.AsMemory(sent), stop);
        }

        length = 0;
        do
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), stop);
            length += read > 0 ? read : throw new IOException("The gateway closed a connection.");
        } while (!IsWhole());
        return Utf8Parser.TryParse(answer.AsSpan(9, 3), out int status, out _) ? status : 0;
    }

    /// <summary>The id in the last answer's Location.</summary>
    public Guid MessageId()
    {
        var text = answer.AsSpan(0, length);
        var start = text.IndexOf("Location: /v1/messages/"u8) + 23;
        return Utf8Parser.TryParse(text[start..], out Guid id, out _) ? id : Guid.Empty;
    }

    public void Dispose() => socket.Dispose();

    private bool IsWhole()
    {
        var text = answer.AsSpan(0, length);
        var head = text.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var stated = text[..head].IndexOf("Content-Length: "u8);
        if (stated < 0)
        {
            return text.EndsWith("0\r\n\r\n"u8);
        }

        return Utf8Parser.TryParse(text[(stated + 16)..], out int body, out _) && length >= head + 4 + body;
    }
}
