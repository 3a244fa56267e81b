using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.Webhooks;

public class RefusingAReplay(SharedGateway shared)
{
    [Theory]
    [InlineData("{}", 400, "request-is-malformed")]
    [InlineData("""{"from":"0","ratePerSecond":0}""", 400, "request-is-malformed")]
    [InlineData("""{"from":"0","ratePerSecond":101}""", 400, "request-is-malformed")]
    [InlineData("""{"from":"0","number":"0123"}""", 400, "request-is-malformed")]
    [InlineData(
        """{"from":"0","number":"+447700900123","stream":"0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4"}""",
        400,
        "request-is-malformed"
    )]
    [InlineData("""{"from":"yesterday"}""", 400, "moment-is-invalid")]
    [InlineData("""{"from":"2", "to":"1"}""", 400, "moment-is-invalid")]
    [InlineData("""{"from":"2999-01-01T00:00:00Z"}""", 400, "moment-is-in-the-future")]
    [InlineData("""{"from":"0","to":"999999999999"}""", 400, "moment-is-in-the-future")]
    [InlineData("""{"from":"0","events":["fax.sent"]}""", 422, "webhook-event-is-unknown")]
    [InlineData("""{"from":"0","events":["device.*"]}""", 422, "webhook-event-is-not-subscribed")]
    public async Task What_cannot_be_told_is_neither_counted_nor_begun(string body, int status, string code)
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 1);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        var wanted = JsonSerializer.Deserialize<JsonElement>(body);

        foreach (var path in new[] { $"{hook.Path}/replays", $"{hook.Path}/replays/count" })
        {
            var problem = await tenant.Post(path, wanted, (HttpStatusCode)status);
            Assert.Equal(code, problem.GetProperty("code").GetString());
        }

        Assert.Empty((await tenant.Get($"{hook.Path}/replays")).EnumerateArray());
    }

    [Fact]
    public async Task A_second_one_waits_for_the_first()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 3);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        await hook.Begin(ratePerSecond: 1);

        var problem = await tenant.Post($"{hook.Path}/replays", new { from = "0" }, HttpStatusCode.Conflict);

        Assert.Equal("replay-is-running", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_replay_of_another_webhook_or_tenant_is_unknown()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var stranger = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 3);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        var other = await Replaying.To(tenant, receiver, "message.queued");
        var replay = await hook.Begin(ratePerSecond: 1);
        var id = replay.Split('/')[^1];

        await tenant.Get($"{other.Path}/replays/{id}", HttpStatusCode.NotFound);
        await tenant.Post($"{other.Path}/replays/{id}/stop", new { }, HttpStatusCode.NotFound);
        await stranger.Get(replay, HttpStatusCode.NotFound);
        await stranger.Post($"{replay}/pause", new { }, HttpStatusCode.NotFound);
        await stranger.Post($"{hook.Path}/replays", new { from = "0" }, HttpStatusCode.NotFound);
        await stranger.Get($"{hook.Path}/replays", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_may_not_read_the_log_may_not_have_it_told()
    {
        var host = await shared.Host;
        await using var tenant = await host.NewTenant("messages:send", "webhooks:*");
        await using var receiver = await Receiver.Start();
        var hook = await Replaying.To(tenant, receiver, "message.queued");

        var problem = await tenant.Post($"{hook.Path}/replays", new { from = "0" }, HttpStatusCode.Forbidden);

        Assert.Equal("scope-is-missing", problem.GetProperty("code").GetString());
        Assert.Contains("audit:read", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
