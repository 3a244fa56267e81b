using System.Net;
using System.Net.Sockets;

namespace Gateway.Scenarios.EmbeddedPostgres;

/// <summary>A package registry on this computer that answers every request with the same bytes.</summary>
public sealed class Loopback : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] body;
    private readonly long promised;

    /// <param name="promised">The length to announce; more than the body has makes it a cut-off answer.</param>
    public Loopback(byte[] body, long promised)
    {
        (this.body, this.promised) = (body, promised);
        Address = new($"http://127.0.0.1:{FreePort()}/mirror");
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        Serving = Serve();
    }

    public Uri Address { get; }
    public string? AskedFor { get; private set; }
    private Task Serving { get; }

    public static int FreePort()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        return ((IPEndPoint)port.LocalEndpoint).Port;
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        var request = await listener.GetContextAsync();
        AskedFor = request.Request.Url!.AbsolutePath;
        request.Response.ContentLength64 = promised;
        await request.Response.OutputStream.WriteAsync(body);
        await request.Response.OutputStream.FlushAsync();
        if (promised == body.Length)
        {
            request.Response.Close();
        }
        else
        {
            request.Response.Abort();
        }
    }
}
