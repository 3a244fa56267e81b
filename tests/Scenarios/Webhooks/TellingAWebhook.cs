using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Scenarios.Webhooks;

public class TellingAWebhook(WebhookGateways gateways)
{
    [Fact]
    public async Task A_queued_text_is_told_with_a_signature_that_the_official_library_accepts()
    {
        var gateway = await gateways.Open;
        await using var receiver = await Receiver.Start();
        var (_, secret) = await gateway.Register(receiver.Url, "message.queued");

        using var sent = await gateway.Client.PostAsJsonAsync(
            "/v1/messages",
            new { to = "+447700900123", text = "Grüße 👋" },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var call = Assert.Single(await receiver.Wait(1));
        var body = JsonSerializer.Deserialize<JsonElement>(call.Body);
        var data = body.GetProperty("data");

        Assert.Equal("message.queued", body.GetProperty("type").GetString());
        Assert.Equal($"/v1/messages/{data.GetProperty("id").GetString()}", sent.Headers.Location!.ToString());
        Assert.Equal("queued", data.GetProperty("status").GetString());
        Assert.Equal("Grüße 👋", data.GetProperty("event").GetProperty("text").GetString());
        Assert.Equal("accepted", await OfficialLibrary.Verify(secret, call));
        Assert.StartsWith(
            "refused",
            await OfficialLibrary.Verify(secret, call with { Body = call.Body + " " })
        );
    }

    [Fact]
    public async Task After_two_errors_the_same_id_is_delivered_and_every_attempt_is_listed()
    {
        var gateway = await gateways.Open;
        await using var receiver = await Receiver.Answering(500, 503, 200);
        var (id, _) = await gateway.Register(receiver.Url, "device.*");

        Assert.Equal(HttpStatusCode.Accepted, await gateway.Test(id));
        var calls = await receiver.Wait(3);
        var attempts = await gateway.Attempts(id, 3);
        var newest = await gateway.Read($"/v1/webhooks/{id}/attempts?limit=2");
        var oldest = await gateway.Read(
            $"/v1/webhooks/{id}/attempts?limit=2&cursor={newest.GetProperty("next").GetString()}"
        );

        Assert.Single(calls.Select(call => (call.Id, call.Body)).Distinct());
        Assert.Equal([200, 503, 500], attempts.Select(a => a.GetProperty("statusCode").GetInt32()));
        Assert.Equal(
            ["delivered", "retrying", "retrying"],
            attempts.Select(a => a.GetProperty("outcome").GetString())
        );
        Assert.Equal(2, newest.GetProperty("items").GetArrayLength());
        Assert.Equal(
            1,
            Assert.Single(oldest.GetProperty("items").EnumerateArray()).GetProperty("attempt").GetInt32()
        );
    }

    [Fact]
    public async Task The_list_of_attempts_is_the_same_after_a_rebuild()
    {
        var gateway = await gateways.Strict;
        var (id, _) = await gateway.Register("https://nowhere.invalid/", "device.*");
        await gateway.Test(id);
        var before = await gateway.Attempts(id, 4);

        await gateway.Rebuild("WebhookAttempts");

        Assert.Equal(
            before.Select(attempt => attempt.ToString()),
            (await gateway.Attempts(id, 4)).Select(attempt => attempt.ToString())
        );
    }

    [Fact]
    public async Task A_receiver_that_never_succeeds_is_given_up_after_the_last_attempt()
    {
        var gateway = await gateways.Open;
        await using var receiver = await Receiver.Answering(302);
        var (id, _) = await gateway.Register(receiver.Url, "device.*");

        await gateway.Test(id);
        var attempts = await gateway.Attempts(id, 4);

        Assert.Equal("given_up", attempts[0].GetProperty("outcome").GetString());
        Assert.Equal(4, receiver.Calls.Count);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_told_nothing_more()
    {
        var gateway = await gateways.Open;
        await using var receiver = await Receiver.Answering(410);
        var (id, _) = await gateway.Register(receiver.Url, "device.*");

        await gateway.Test(id);
        await Eventually.True(async () =>
            (await gateway.Read($"/v1/webhooks/{id}")).GetProperty("disabledReason").GetString() == "gone"
        );

        Assert.Equal(HttpStatusCode.Conflict, await gateway.Test(id));
        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task A_slow_endpoint_delays_no_other()
    {
        var gateway = await gateways.Open;
        var released = new TaskCompletionSource();
        await using var slow = await Receiver.Start((_, _) => released.Task);
        await using var quick = await Receiver.Start();
        var (slowId, _) = await gateway.Register(slow.Url, "device.*");
        var (quickId, _) = await gateway.Register(quick.Url, "device.*");

        foreach (var id in Enumerable.Repeat(slowId, 40).Concat(Enumerable.Repeat(quickId, 10)))
        {
            await gateway.Test(id);
        }

        await quick.Wait(10);
        Assert.InRange(slow.Calls.Count, 1, 4);
        released.SetResult();
        await slow.Wait(40);
    }
}
