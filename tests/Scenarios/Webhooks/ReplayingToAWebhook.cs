using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.Scenarios.Webhooks;

public class ReplayingToAWebhook(SharedGateway shared)
{
    [Fact]
    public async Task The_same_ids_and_bodies_come_again_marked_and_as_many_as_were_counted()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        await Replaying.Send(tenant, 3);
        var first = await receiver.Wait(3);

        var count = await tenant.Post($"{hook.Path}/replays/count", new { from = "0" }, HttpStatusCode.OK);
        var replay = await hook.Begin();
        var finished = await hook.Until(replay, "finished");

        Assert.Equal(3, count.GetProperty("count").GetInt32());
        Assert.Equal(
            (3, 3, 0),
            (Number(finished, "total"), Number(finished, "sent"), Number(finished, "failed"))
        );
        Assert.Equal(
            first.Select(call => (call.Id, call.Body)).Order(),
            receiver.Replayed.Select(call => (call.Id, call.Body)).Order()
        );
        Assert.All(receiver.Replayed, call => Assert.EndsWith(call.Replay, replay, StringComparison.Ordinal));
        Assert.All(first, call => Assert.Empty(call.Replay));
        Assert.Equal(["webhook_replay_requested", "webhook_replay_finished"], await hook.Facts(replay));
    }

    [Fact]
    public async Task It_is_signed_as_usual()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 1);
        var made = await tenant.Post(
            "/v1/webhooks",
            new { url = receiver.Url, events = new[] { "message.queued" } },
            HttpStatusCode.Created
        );
        var hook = new Replaying(tenant, $"/v1/webhooks/{made.GetProperty("id").GetString()}");

        await hook.Until(await hook.Begin(), "finished");

        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal("accepted", await OfficialLibrary.Verify(secret, Assert.Single(receiver.Replayed)));
    }

    [Fact]
    public async Task A_new_webhook_is_told_what_was_before_it_and_only_what_it_asked_for_in_the_order_of_the_log()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 4);
        await tenant.Post(
            $"/v1/messages/{await tenant.Send("+447700900124", "Never mind")}/cancel",
            new { },
            HttpStatusCode.NoContent
        );
        var hook = await Replaying.To(tenant, receiver, "message.queued");

        var made = await tenant.Post(
            $"{hook.Path}/replays",
            new
            {
                from = "0",
                events = new[] { "message.*" },
                ratePerSecond = 100,
            },
            HttpStatusCode.Accepted
        );
        await hook.Until($"{hook.Path}/replays/{made.GetProperty("id").GetString()}", "finished");

        var told = receiver
            .Replayed.Select(call => JsonSerializer.Deserialize<JsonElement>(call.Body))
            .ToList();
        var positions = told.Select(body => Number(body.GetProperty("data"), "position")).ToList();
        Assert.Equal(5, told.Count);
        Assert.All(told, body => Assert.Equal("message.queued", body.GetProperty("type").GetString()));
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public async Task It_can_be_narrowed_to_a_part_of_the_log_and_to_one_message()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        await Replaying.Send(tenant, 3);
        var positions = (await receiver.Wait(3))
            .Select(call => JsonSerializer.Deserialize<JsonElement>(call.Body).GetProperty("data"))
            .OrderBy(e => Number(e, "position"))
            .ToList();
        var (one, two) = (Number(positions[0], "position"), Number(positions[1], "position"));

        Assert.Equal(2, await Count(new { from = $"{one}" }));
        Assert.Equal(1, await Count(new { from = $"{one}", to = $"{two}" }));
        Assert.Equal(1, await Count(new { from = "0", stream = positions[2].GetProperty("id").GetString() }));

        async Task<int> Count(object body) =>
            Number(await tenant.Post($"{hook.Path}/replays/count", body, HttpStatusCode.OK), "count");
    }

    [Fact]
    public async Task Paused_it_stands_and_resumed_it_goes_on_where_it_was()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 12);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        var replay = await hook.Begin(ratePerSecond: 2);
        await receiver.Wait(2);

        await hook.Steer(replay, "pause");
        await hook.Until(replay, paused => Number(paused, "sent") == receiver.Replayed.Count);
        var told = receiver.Replayed.Count;
        // A trial delivery goes its own way meanwhile.
        await tenant.Post($"{hook.Path}/test", new { }, HttpStatusCode.Accepted);
        await Eventually.True(() => receiver.Calls.Any(call => call.Replay.Length == 0));
        Assert.Equal(told, receiver.Replayed.Count);
        Assert.InRange(told, 2, 11);

        await hook.Steer(replay, "resume");
        await hook.Until(replay, "finished");

        Assert.Equal(12, receiver.Replayed.Count);
        Assert.Equal(12, receiver.Replayed.Select(call => call.Id).Distinct().Count());
        Assert.Subset(
            new HashSet<string>(await hook.Facts(replay)),
            new HashSet<string>([
                "webhook_replay_paused",
                "webhook_replay_resumed",
                "webhook_replay_finished",
            ])
        );
    }

    [Fact]
    public async Task Stopped_it_is_over_and_another_may_begin()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 12);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        var replay = await hook.Begin(ratePerSecond: 2);
        await receiver.Wait(1);

        await hook.Steer(replay, "stop");
        var another = await hook.Begin();
        await hook.Until(another, "finished");

        var stopped = receiver.Replayed.Count(call => replay.EndsWith(call.Replay, StringComparison.Ordinal));
        Assert.InRange(stopped, 1, 11);
        Assert.Equal(12 + stopped, receiver.Replayed.Count);
        await tenant.Post($"{replay}/resume", new { }, HttpStatusCode.Conflict);
        await tenant.Post($"{replay}/stop", new { }, HttpStatusCode.OK);
        Assert.Equal(
            ["finished", "stopped"],
            (await tenant.Get($"{hook.Path}/replays"))
                .EnumerateArray()
                .Select(listed => listed.GetProperty("status").GetString())
        );
    }

    [Fact]
    public async Task A_receiver_that_fails_has_it_wait_and_nothing_is_left_out_when_it_is_mended()
    {
        var isMended = false;
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start(
            (n, http) =>
            {
                http.Response.StatusCode =
                    n <= 2 || Volatile.Read(ref isMended) ? StatusCodes.Status204NoContent : 503;
                return Task.CompletedTask;
            }
        );
        await Replaying.Send(tenant, 5);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        var replay = await hook.Begin();

        var paused = await hook.Until(replay, "paused");
        Volatile.Write(ref isMended, true);
        await hook.Steer(replay, "resume");
        var finished = await hook.Until(replay, "finished");

        Assert.Equal("attempts_used_up", paused.GetProperty("reason").GetString());
        Assert.Equal(503, Number(paused.GetProperty("failure"), "statusCode"));
        Assert.Equal(
            (2, 2, 3),
            (Number(paused, "sent"), Number(paused, "failed"), Number(paused, "remaining"))
        );
        Assert.Equal((5, 2), (Number(finished, "sent"), Number(finished, "failed")));
        Assert.Equal(5, receiver.Replayed.Select(call => call.Id).Distinct().Count());
        Assert.Equal("active", (await tenant.Get(hook.Path)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_receiver_that_is_gone_has_it_wait_at_once_and_stays_a_webhook()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Answering(410);
        await Replaying.Send(tenant, 2);
        var hook = await Replaying.To(tenant, receiver, "message.queued");

        var paused = await hook.Until(await hook.Begin(), "paused");

        Assert.Equal("gone", paused.GetProperty("reason").GetString());
        Assert.Single(receiver.Calls);
        Assert.Equal("active", (await tenant.Get(hook.Path)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task It_ends_with_its_webhook()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 12);
        var hook = await Replaying.To(tenant, receiver, "message.queued");
        var replay = await hook.Begin(ratePerSecond: 2);
        await receiver.Wait(1);

        using var removed = await tenant.Http.DeleteAsync(
            new Uri(hook.Path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var stopped = await hook.Until(replay, "stopped");

        Assert.Equal("removed", stopped.GetProperty("reason").GetString());
        Assert.InRange(receiver.Calls.Count, 1, 11);
    }

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
