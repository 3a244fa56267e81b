using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Gateway.Domain.Consent;
using Gateway.Scenarios.Faults;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Gateway.Scenarios.History;

/// <summary>Who asks for the feed and doesn't read it holds up nobody, and misses nothing when it comes back.</summary>
public class StallingTheFeed(SharedGateway shared)
{
    private const int Facts = 240;
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);

    [Fact]
    public async Task A_reader_who_does_not_read_is_disconnected_and_goes_on_from_where_it_was()
    {
        await using var host = await GatewayHost.Start(
            shared.Cluster,
            "feed_stalled",
            new Dictionary<string, string> { ["Feed:SecondsUntilStalled"] = "1" }
        );
        await using var tenant = await host.NewTenant();
        await Record(host, tenant.Name);

        var got = await ReadAfterAWhile(host, tenant);
        var whole = got.LastIndexOf("\n\n", StringComparison.Ordinal);
        var last = got[..whole].Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal));
        var heard = got[..whole].Split("event: opted_out").Length - 1;
        Assert.InRange(heard, 1, Facts - 1);

        var rest = FeedReader.Follow(
            tenant.Http,
            "?types=opted_out",
            long.Parse(last["id: ".Length..], System.Globalization.CultureInfo.InvariantCulture),
            Facts - heard,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Facts - heard, await rest.CountAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>More than the buffers between two programs take.</summary>
    private static async Task Record(GatewayHost host, string tenant)
    {
        var store = host.Services.GetRequiredService<IDocumentStore>();
        for (var i = 0; i < Facts; i += 20)
        {
            await using var session = store.LightweightSession(tenant);
            for (var j = 0; j < 20; j++)
            {
                session.Events.StartStream<ConsentState>(
                    Guid.NewGuid(),
                    new OptedOut("+447700900123", "inbound", new string('x', 100_000), null, Noon)
                );
            }

            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks, waits for the gateway to lose patience, and only then reads what came.</summary>
    private static async Task<string> ReadAfterAWhile(GatewayHost host, TestTenant tenant)
    {
        using var client = new TcpClient { ReceiveBufferSize = 64 * 1024 };
        await client.ConnectAsync("127.0.0.1", host.Address.Port);
        var stream = client.GetStream();
        var authorization = tenant.Http.DefaultRequestHeaders.Authorization;
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /v1/events?types=opted_out HTTP/1.1\r\nHost: gateway\r\nAuthorization: {authorization}\r\n"
                    + "Accept: text/event-stream\r\n\r\n"
            )
        );
        var own = ((IPEndPoint)client.Client.LocalEndPoint!).Port;
        await Eventually.True(
            () => Task.FromResult(!IsHeldByTheGateway(own)),
            TimeSpan.FromSeconds(30),
            "a gateway that lets go"
        );

        var got = new StringBuilder();
        var buffer = new byte[256 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                got.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Reset: the gateway had let go.
        }

        return got.ToString();
    }

    /// <summary>Whether the other end of the connection from this port is still in use.</summary>
    private static bool IsHeldByTheGateway(int port) =>
        IPGlobalProperties
            .GetIPGlobalProperties()
            .GetActiveTcpConnections()
            .Any(connection =>
                connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established
            );
}
