using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.History;

public class ReadingIsAFact(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_shown_a_message_stands_in_the_history_before_the_answer()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Bob, "Hello");

        await tenant.Get($"/v1/messages/{id}");
        var readings = await Readings(tenant, $"message={id}&everything=false");

        var reading = Assert.Single(readings);
        Assert.Equal("message", reading.GetProperty("data").GetProperty("what").GetString());
        Assert.StartsWith("key:", reading.GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_read_a_conversation_is_found_however_it_was_read()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();
        await tenant.Until(await tenant.Send(Bob, "Hello"), "delivered");
        var thread = await Conversation(tenant);
        using var other = tenant.Host.Client(
            await tenant.Host.NewKey(tenant.Name, "messages:read", "audit:read")
        );

        await other.GetAsync($"/v1/conversations/{thread}/entries", Stop);
        await other.GetAsync("/v1/messages?limit=1", Stop);
        await other.GetAsync("/v1/events", Stop);
        var mine = await Actor(tenant.Http);
        var readers = (await Readings(tenant, $"conversation={thread}")).Where(r => By(r) != mine).ToList();

        // What it was shown in the list it had been shown as an entry before.
        Assert.Equal(["entries", "feed"], readers.Select(What));
        Assert.Single(readers.Select(By).Distinct());
        Assert.Equal(
            readers.Select(What).Where(what => what != "feed"),
            (await Readings(tenant, $"conversation={thread}&everything=false"))
                .Where(r => By(r) != mine)
                .Select(What)
        );
    }

    [Fact]
    public async Task Who_looks_again_and_again_is_recorded_once_an_hour()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Bob, "Hello");

        for (var i = 0; i < 5; i++)
        {
            await tenant.Get($"/v1/messages/{id}");
        }

        Assert.Single(await Readings(tenant, $"message={id}&everything=false"));
    }

    [Fact]
    public async Task Who_looks_again_for_another_reason_is_recorded_again()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Bob, "Hello");

        foreach (var purpose in (string[])["complaint 12", "complaint 13", "complaint 12"])
        {
            tenant.Http.DefaultRequestHeaders.Remove("Access-Purpose");
            tenant.Http.DefaultRequestHeaders.Add("Access-Purpose", purpose);
            await tenant.Get($"/v1/messages/{id}");
        }

        Assert.Equal(
            ["complaint 12", "complaint 13"],
            (await Readings(tenant, $"message={id}&everything=false"))
                .Select(reading => reading.GetProperty("data").GetProperty("purpose").GetString())
                .Order()
        );
    }

    [Fact]
    public async Task An_answer_without_texts_is_no_reading()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Get("/v1/messages");
        await tenant.Get("/v1/devices");
        await tenant.Get($"/v1/messages/{Guid.NewGuid()}", HttpStatusCode.NotFound);

        var facts = (await tenant.Get("/v1/audit?type=content_read")).GetProperty("items");

        Assert.Equal(0, facts.GetArrayLength());
    }

    [Fact]
    public async Task Where_the_policy_asks_nobody_reads_without_saying_why()
    {
        await using var host = await GatewayHost.Start(
            shared.Cluster,
            "purposes",
            new Dictionary<string, string> { ["Audit:RequirePurpose"] = "true" }
        );
        await using var tenant = await host.NewTenant();
        var id = await tenant.Send(Bob, "Hello");

        var problem = await tenant.Get($"/v1/messages/{id}", HttpStatusCode.BadRequest);
        tenant.Http.DefaultRequestHeaders.Add("Access-Purpose", "complaint 12");
        await tenant.Get($"/v1/messages/{id}");
        var reading = Assert.Single(await Readings(tenant, $"message={id}&everything=false"));

        Assert.Equal("purpose-is-missing", problem.GetProperty("code").GetString());
        Assert.Equal("complaint 12", reading.GetProperty("data").GetProperty("purpose").GetString());
    }

    private static async Task<IReadOnlyList<JsonElement>> Readings(TestTenant tenant, string query) =>
        [.. (await tenant.Get($"/v1/audit/readings?{query}")).GetProperty("items").EnumerateArray()];

    private static async Task<Guid> Conversation(TestTenant tenant)
    {
        var found = await TestTenant.Until(async () =>
        {
            var list = (await tenant.Get("/v1/conversations")).GetProperty("items");
            return list.GetArrayLength() > 0 ? list[0] : null;
        });
        return found!.Value.GetProperty("id").GetGuid();
    }

    /// <summary>Who a client is, told by the first fact of its own.</summary>
    private static async Task<string?> Actor(HttpClient http)
    {
        var list = await http.GetStringAsync("/v1/audit?type=message_queued", Stop);
        return JsonSerializer
            .Deserialize<JsonElement>(list)
            .GetProperty("items")[0]
            .GetProperty("actor")
            .GetString();
    }

    private static string? By(JsonElement reading) => reading.GetProperty("actor").GetString();

    private static string? What(JsonElement reading) =>
        reading.GetProperty("data").GetProperty("what").GetString();
}
