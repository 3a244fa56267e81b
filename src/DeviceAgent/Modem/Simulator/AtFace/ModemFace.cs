using System.Net;
using System.Net.Sockets;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>Where programs reach a simulated modem: a pseudo-terminal, a TCP port, a UNIX socket.</summary>
public static class ModemFace
{
    /// <summary>Serves a pseudo-terminal until stopped, and a new one whenever the cable came off.</summary>
    /// <param name="ready">Is told of each pseudo-terminal.</param>
    public static async Task Serve(
        SimulatedModem modem,
        string link,
        Action<PseudoTerminal> ready,
        CancellationToken stop
    )
    {
        while (!stop.IsCancellationRequested)
        {
            using var terminal = PseudoTerminal.Open(link);
            await using var stopping = stop.Register(terminal.Dispose);
            ready(terminal);
            await modem.Serve(terminal.Stream, terminal.Dispose, stop);
        }
    }

    /// <summary>A listening socket on a TCP port of this machine; 0 takes a free one.</summary>
    public static Socket ListenTcp(int port) =>
        Listen(
            new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
            new IPEndPoint(IPAddress.Loopback, port)
        );

    /// <summary>A listening socket at a path; what is there is replaced.</summary>
    public static Socket ListenUnix(string path)
    {
        File.Delete(path);
        return Listen(
            new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            new UnixDomainSocketEndPoint(path)
        );
    }

    /// <summary>Serves one program after the other until stopped.</summary>
    public static async Task Serve(SimulatedModem modem, Socket listening, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var program = await listening.AcceptAsync(stop);
            await using var stream = new NetworkStream(program, ownsSocket: true);
            await modem.Serve(stream, stream.Dispose, stop);
        }
    }

    private static Socket Listen(Socket socket, EndPoint at)
    {
        socket.Bind(at);
        socket.Listen();
        return socket;
    }
}
