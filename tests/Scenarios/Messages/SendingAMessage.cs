using System.Net;

namespace Gateway.Scenarios.Messages;

public class SendingAMessage(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    [Fact]
    public async Task A_text_goes_out_and_its_whole_history_can_be_read()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();

        var id = await tenant.Send(Alice, "Hello");
        var message = await tenant.Until(id, "delivered");

        Assert.Equal("+447700900001", message.GetProperty("from").GetString());
        Assert.Equal(
            ["message_queued", "message_dispatched", "message_claimed", "message_sent", "message_delivered"],
            await tenant.Facts(id)
        );
    }

    [Fact]
    public async Task Every_fact_says_who_caused_it_and_keeps_the_requests_correlation()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var phone = await tenant.Connect();

        var id = await tenant.Send(Alice, "Hello");
        await tenant.Until(id, "delivered");
        var facts = (await tenant.Get($"/v1/messages/{id}/events")).EnumerateArray().ToList();

        Assert.StartsWith("key:", facts[0].GetProperty("actor").GetString());
        Assert.Equal("system:router", facts[1].GetProperty("actor").GetString());
        Assert.Equal($"device:{phone.Id}", facts[2].GetProperty("actor").GetString());
        Assert.Single(facts.Select(fact => fact.GetProperty("correlation").GetString()).Distinct());
        Assert.All(facts, fact => Assert.EndsWith("Z", fact.GetProperty("recordedAt").GetString()));
    }

    [Fact]
    public async Task A_long_text_is_delivered_when_every_segment_is()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();

        var id = await tenant.Send(Alice, string.Concat(Enumerable.Repeat("The quick brown fox. ", 12)));
        var message = await tenant.Until(id, "delivered");

        Assert.Equal(2, message.GetProperty("segments").GetInt32());
        Assert.Equal(4, (await tenant.Facts(id)).Count(fact => fact == "segment_reported"));
    }

    [Fact]
    public async Task The_past_of_a_message_can_be_read_by_version()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();
        var id = await tenant.Send(Alice, "Hello");
        await tenant.Until(id, "delivered");

        var first = await tenant.Get($"/v1/messages/{id}?version=1");
        var third = await tenant.Get($"/v1/messages/{id}?version=3");
        var before = await tenant.Get(
            $"/v1/messages/{id}?asOf=2001-01-01T00:00:00Z",
            HttpStatusCode.NotFound
        );

        Assert.Equal("queued", first.GetProperty("status").GetString());
        Assert.Equal("sending", third.GetProperty("status").GetString());
        Assert.Equal("moment-is-too-early", before.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Without_a_device_it_is_held_with_the_reason_and_released_when_one_appears()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var id = await tenant.Send(Alice, "Hello");
        await tenant.Until(id, "held");
        await tenant.Connect();
        await tenant.Until(id, "delivered");

        Assert.Equal(
            ["message_queued", "message_held", "message_released"],
            (await tenant.Facts(id)).Take(3)
        );
    }

    [Fact]
    public async Task A_recipient_hears_from_the_line_it_knows()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect("sim:?acceptMs=5&reportMs=5&number=%2B447700900011");
        await tenant.Connect("sim:?acceptMs=5&reportMs=5&number=%2B447700900012");
        string[] recipients = ["+447700900101", "+447700900102", "+447700900103", "+447700900104"];

        var first = await Lines(tenant, recipients);
        var second = await Lines(tenant, recipients);

        Assert.Equal(2, first.Distinct().Count());
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_happen_and_stores_nothing()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var phone = await tenant.Connect();

        var answer = await tenant.Post(
            "/v1/messages?dryRun=true",
            new { to = "07700 900123", text = "5 € 😀" },
            HttpStatusCode.OK
        );
        var audit = await tenant.Get("/v1/audit?type=message_queued");

        Assert.Equal(Alice, answer.GetProperty("to").GetString());
        Assert.Equal("ucs2", answer.GetProperty("encoding").GetString());
        Assert.Equal(phone.Id, answer.GetProperty("carrier").GetProperty("deviceId").GetGuid());
        Assert.Empty(audit.GetProperty("items").EnumerateArray());
    }

    private static async Task<IReadOnlyList<string?>> Lines(TestTenant tenant, string[] recipients)
    {
        var sent = await Task.WhenAll(recipients.Select(to => tenant.Send(to, "Hello")));
        var delivered = await Task.WhenAll(sent.Select(id => tenant.Until(id, "delivered")));
        return [.. delivered.Select(message => message.GetProperty("from").GetString())];
    }
}
