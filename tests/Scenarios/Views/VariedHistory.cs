using System.Net;
using System.Text.Json;
using Gateway.DeviceProtocol;
using Gateway.Scenarios.Devices;
using Gateway.Scenarios.Faults;
using Gateway.Scenarios.History;
using Gateway.Scenarios.Webhooks;

namespace Gateway.Scenarios.Views;

/// <summary>A gateway in which nearly everything has happened once, and which was then stopped.</summary>
public sealed class VariedHistory(SharedGateway shared) : IAsyncLifetime
{
    private const string Alice = "+447700900123";
    private const string Refuses = "+447700900001";
    private const string NobodyKnows = "+447700900002";
    private const string NeverReached = "+447700900004";
    private const string SaysStop = "+447700900008";
    private const string Replies = "+447700900009";
    private const string Stranger = "+447700900777";

    /// <summary>What the phone's network does, without the waits of the usual one.</summary>
    private const string Network = """
        {
          "defaults": { "acceptMs": 5, "silentMs": 20, "report": { "after": "5ms" } },
          "rules": [
            { "to": "*0004", "do": { "report": { "after": "5ms", "status": "46" } } },
            { "to": "*0008", "do": { "reply": { "after": "20ms", "text": "STOP" } } },
            { "to": "*0009", "do": { "reply": { "after": "20ms", "text": "yes" } } }
          ],
          "timeline": [{ "at": "500ms", "do": { "inbound": { "from": "+447700900777", "text": "Who is this?" } } }]
        }
        """;

    private static long At => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await shared.Cluster.CreateDatabase($"varied_{Guid.NewGuid():N}");
        var settings = new Dictionary<string, string>
        {
            ["Webhooks:AllowPrivateAddresses"] = "true",
            ["Webhooks:RetrySeconds:0"] = "0",
            ["Webhooks:RetrySeconds:1"] = "1",
        };
        await using var host = GatewayHost.On(ConnectionString, settings);
        await using var receiver = await Receiver.Answering(500, 204);
        await using (var waiting = await host.NewTenant())
        {
            await Wait(waiting);
        }

        await using (var doubting = await host.NewTenant())
        {
            await Doubt(doubting);
        }

        await using (var busy = await host.NewTenant())
        {
            await Talk(busy, receiver);
        }

        await CaughtUp(host);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Waits until every view has read all events.</summary>
    public static async Task CaughtUp(GatewayHost host)
    {
        using var anybody = host.Client(null);
        await Faults.Eventually.True(
            async () =>
                JsonSerializer
                    .Deserialize<JsonElement>(await anybody.GetStringAsync("/health/ready"))
                    .ViewsDetail() == "0 events behind at most",
            TimeSpan.FromSeconds(30),
            "views that have read all events"
        );
    }

    /// <summary>Without a device nothing goes out.</summary>
    private static async Task Wait(TestTenant tenant)
    {
        var expired = await tenant.Send(Alice, "Soon or never", new { validFor = 60 });
        await tenant.Until(expired, "held");
        tenant.Host.Time.Move(TimeSpan.FromSeconds(61));
        await tenant.Until(expired, "expired");
        var cancelled = await tenant.Send(Alice, "Not this one");
        await tenant.Post($"/v1/messages/{cancelled}/cancel", new { }, HttpStatusCode.NoContent);
        await tenant.Until(await tenant.Send(Alice, "Held"), "held");
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1).ToString("O");
        await tenant.Until(await tenant.Send(Alice, "Later", new { sendAt = tomorrow }), "scheduled");
    }

    /// <summary>A device that gives back, doubts, resolves its doubt, and reports what nobody knows.</summary>
    private static async Task Doubt(TestTenant tenant)
    {
        await using var device = await RawDevice.Pair(tenant);
        var id = await tenant.Send(Alice, "Perhaps");
        await tenant.Until(id, "held");
        await device.Connect(places: 1);
        var first = await device.Hear<Lease>();
        await device.Say(new Declined(first.M, first.F, "busy"));
        var lease = await device.ClaimNext();
        await device.Say(
            new Fact(1, At, 0, FactKind.Doubt, M: lease.M, F: lease.F, Text: "Not known."),
            new Fact(2, At, 0, FactKind.Report, Sim: "sim1", Mr: 7, Status: 0, To: Alice)
        );
        await tenant.Until(id, "in_doubt");
        await device.Say(new Fact(3, At, 0, FactKind.NotSent, M: lease.M, F: lease.F));
        await device.Hear<Lease>(again => again.F == lease.F + 1);
    }

    /// <summary>A phone with a busy day, all of it told to a webhook.</summary>
    private static async Task Talk(TestTenant tenant, Receiver receiver)
    {
        var told = await Register(tenant, receiver.Url);
        var removed = await Register(tenant, receiver.Url);
        using var gone = await tenant.Http.DeleteAsync($"/v1/webhooks/{removed}");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        var network = Path.Combine(tenant.Host.Folder, "network.json");
        await File.WriteAllTextAsync(network, Network);
        await tenant.Connect($"sim:{network}");

        var more = new { tags = new[] { "spring" }, metadata = new { order = "7" } };
        await tenant.Until(await tenant.Send(Alice, new string('a', 200), more), "delivered");
        await tenant.Until(await tenant.Send(Refuses, "No"), "failed");
        await tenant.Until(await tenant.Send(NobodyKnows, "Perhaps"), "in_doubt");
        await tenant.Until(await tenant.Send(NeverReached, "Nobody there"), "undelivered");
        await tenant.Send(Replies, "Are you coming?");
        await tenant.Send(SaysStop, "Sale!");
        await Told(tenant, "opted_out", 1);
        await Told(tenant, "message_replied", 1);
        await Told(tenant, "inbound_message_received", 3);

        var conversation = await TestTenant.Until(async () =>
        {
            var page = await tenant.Get("/v1/conversations?unread=true");
            var threads = page.GetProperty("items").EnumerateArray().ToList();
            return
                threads.Find(thread => thread.GetProperty("remote").GetString() == Replies)
                    is { ValueKind: JsonValueKind.Object } found
                ? found
                : null;
        });
        var thread = conversation!.Value.GetProperty("id").GetGuid();
        await tenant.Post($"/v1/conversations/{thread}/read", new { }, HttpStatusCode.NoContent);
        await Told(tenant, "webhook_delivered", 15);
        await tenant.Post(
            $"/v1/webhooks/{told}/replays",
            new { from = "0", ratePerSecond = 50 },
            HttpStatusCode.Accepted
        );
        await Told(tenant, "webhook_replay_finished", 1);
        await Export.Done(tenant, new { format = "csv" });
    }

    private static async Task<Guid> Register(TestTenant tenant, string url)
    {
        var webhook = await tenant.Post(
            "/v1/webhooks",
            new { url, events = new[] { "message.*" } },
            HttpStatusCode.Created
        );
        return webhook.GetProperty("id").GetGuid();
    }

    /// <summary>Waits until the audit list has so many facts of this kind.</summary>
    private static async Task Told(TestTenant tenant, string type, int count)
    {
        var last = 0;
        var found = await TestTenant.Until(async () =>
        {
            var items = (await tenant.Get($"/v1/audit?type={type}")).GetProperty("items");
            last = items.GetArrayLength();
            return last >= count ? items : (JsonElement?)null;
        });
        Assert.True(found is not null, $"{last} facts {type} instead of {count}.");
    }
}
