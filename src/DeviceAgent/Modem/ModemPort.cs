using System.IO.Ports;
using System.Net.Sockets;

namespace Gateway.DeviceAgent.Modem;

/// <summary>
/// The octets to and from a modem: a serial device (<c>at:///dev/…?baud=115200</c>), also one end of a pseudo-terminal,
/// a TCP address (<c>at+tcp://host:port</c>) or a UNIX socket (<c>at+unix:path</c>).
/// </summary>
public sealed class ModemPort : IAsyncDisposable
{
    private const int UsualBaud = 115200;

    private static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(2);

    private readonly IDisposable owner;
    private readonly IDisposable? hold;

    private ModemPort(Stream stream, IDisposable owner, IDisposable? hold = null) =>
        (Stream, this.owner, this.hold) = (stream, owner, hold);

    public Stream Stream { get; }

    /// <exception cref="IOException">The port isn't there, or another program has it.</exception>
    public static async Task<ModemPort> Open(RadioUri uri, CancellationToken stop)
    {
        switch (uri.Scheme)
        {
            case "at+tcp":
                var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                var colon = uri.Path.LastIndexOf(':');
                var port = int.TryParse(uri.Path.AsSpan(colon + 1), out var number) ? number : 0;
                return await Connect(tcp, tcp.ConnectAsync(uri.Path[..Math.Max(0, colon)], port, stop));
            case "at+unix":
                var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                return await Connect(unix, unix.ConnectAsync(new UnixDomainSocketEndPoint(uri.Path), stop));
            case "at":
                return OpenSerial(uri.Path, (int)(uri.Number("baud") ?? UsualBaud));
            default:
                throw new FormatException($"'{uri.Scheme}:' is not a way to reach a modem.");
        }
    }

    /// <summary>After one write to a dead port its <c>Close</c> never returns, so nobody waits for it for long.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(Task.Run(owner.Dispose), Task.Delay(CloseWait));
        hold?.Dispose();
    }

    private static async Task<ModemPort> Connect(Socket socket, ValueTask connecting)
    {
        try
        {
            await connecting;
            return new(new NetworkStream(socket, ownsSocket: false), socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"The modem's socket can't be reached: {e.SocketErrorCode}.", e);
        }
    }

    private static ModemPort OpenSerial(string path, int baud)
    {
        var hold = PortLock.Take(path);
        var port = new SerialPort(path, baud, Parity.None, 8, StopBits.One)
        {
            Handshake = Handshake.None,
            DtrEnable = false,
            RtsEnable = false,
            ReadTimeout = 2000,
            WriteTimeout = 2000,
        };
        try
        {
            port.Open();
            Raise(port);
            return new(port.BaseStream, port, hold);
        }
        catch (Exception e)
        {
            hold.Dispose();
            throw new IOException($"The port {path} can't be opened: {e.Message}", e);
        }
    }

    /// <summary>Some sticks stay silent without DTR; a pseudo-terminal has no such wire.</summary>
    private static void Raise(SerialPort port)
    {
        try
        {
            port.DtrEnable = true;
            port.RtsEnable = true;
        }
        catch (IOException)
        {
            // A pseudo-terminal has no such lines; some sticks are silent without them.
        }
    }
}
