using System.Net;
using System.Net.Sockets;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>Where programs reach a simulated modem: a pseudo-terminal, a TCP port, a UNIX socket.</summary>
public static class ModemFace
{
    /// <summary>Serves a pseudo-terminal until stopped.</summary>
    public static async Task Serve(SimulatedModem modem, PseudoTerminal terminal, CancellationToken stop)
    {
        await using var stopping = stop.Register(terminal.Dispose);
        await modem.Serve(terminal.Stream, stop);
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
            await modem.Serve(stream, stop);
        }
    }

    private static Socket Listen(Socket socket, EndPoint at)
    {
        socket.Bind(at);
        socket.Listen();
        return socket;
    }
}
