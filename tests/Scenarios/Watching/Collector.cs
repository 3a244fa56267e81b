using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Scenarios.Watching;

/// <summary>A collector of metrics and traces on this computer that keeps what arrives, by the path it came to.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Content)> received = new();
    private readonly WebApplication app;

    private Collector(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <param name="protocol">As in <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>: <c>grpc</c> or <c>http/protobuf</c>.</param>
    public static async Task<Collector> Start(string protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen => listen.Protocols = protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1
            )
        );
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.app.Run(collector.Take);
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>Whether this text has arrived among the <c>metrics</c> or the <c>traces</c>.</summary>
    public bool Has(string signal, string text) =>
        received.Any(one =>
            one.Path.Contains(signal, StringComparison.OrdinalIgnoreCase)
            && one.Content.Contains(text, StringComparison.Ordinal)
        );

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Protobuf writes a text as its plain octets, so that they can be found without reading the rest.</summary>
    private async Task Take(HttpContext http)
    {
        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content);
        received.Enqueue((http.Request.Path, Encoding.Latin1.GetString(content.ToArray())));
        if (http.Request.ContentType is not "application/grpc")
        {
            return;
        }

        // An empty message, not compressed, of length 0.
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }
}
