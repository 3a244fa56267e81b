using System.Net.Http.Json;
using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.Watching;

[Collection(nameof(Faults))]
public class TellingACollector(SharedGateway shared)
{
    /// <summary>As protobuf writes the pair: a text's length stands before it.</summary>
    private const string ServiceName = "service.name\u0012\u0009\n\u0007gateway";

    private const string Alice = "+447700900123";

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Metrics_and_traces_of_an_order_arrive_under_the_name_of_the_gateway(string protocol)
    {
        await using var collector = await Collector.Start(protocol);
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Gateway"] = await shared.Cluster.CreateDatabase("watching"),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        };
        using var gateway = await GatewayProcess.Start(settings);

        using var sent = await gateway.Http.PostAsJsonAsync(
            "/v1/messages",
            new { to = Alice, text = "Hello" },
            TestContext.Current.CancellationToken
        );
        sent.EnsureSuccessStatusCode();
        await gateway.Get($"/v1/audit?number={Uri.EscapeDataString(Alice)}");

        await Arrives(collector, "metrics", ServiceName, "http.server.request.duration", "Wolverine:gateway");
        await Arrives(
            collector,
            "trace",
            ServiceName,
            "POST /v1/messages",
            "QueueMessages",
            "Npgsql",
            "GET /v1/audit"
        );
        foreach (var secret in (string[])["Hello", "447700900123"])
        {
            Assert.False(collector.Has("trace", secret) || collector.Has("metrics", secret), secret);
        }
    }

    private static async Task Arrives(Collector collector, string signal, params string[] texts)
    {
        foreach (var text in texts)
        {
            await Eventually.True(
                () => Task.FromResult(collector.Has(signal, text)),
                TimeSpan.FromSeconds(20),
                $"'{text}' among the {signal}"
            );
        }
    }
}
