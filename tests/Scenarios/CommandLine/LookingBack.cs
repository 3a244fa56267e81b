using System.Text.Json;

namespace Gateway.Scenarios.CommandLine;

public class LookingBack(SharedGateway shared)
{
    private const string Replies = "+447700900009";

    [Fact]
    public async Task A_message_is_seen_as_it_was_by_position_and_just_before_a_fact()
    {
        await using var life = await Life.Begin(await shared.Host);
        var facts = await life.Shell.Json("messages", "events", life.Message);
        var sent = facts.Single(fact => Text(fact, "type") == "message_sent");

        var at = await life.Shell.Json("messages", "show", life.Message, "--as-of", Raw(sent, "position"));
        var before = await life.Shell.Json(
            "messages",
            "show",
            life.Message,
            "--as-of",
            $"before:{Text(sent, "id")}"
        );
        var listed = await life.Shell.Json("messages", "list", "--as-of", Raw(facts[0], "position"));
        var conversation = await life.Shell.Run(
            "conversations",
            "show",
            life.Conversation,
            "--as-of",
            Raw(sent, "position")
        );
        var entries = await life.Shell.Json(
            "conversations",
            "entries",
            life.Conversation,
            "--as-of",
            Raw(sent, "position")
        );

        Assert.Equal(("sent", "sending"), (Text(at[0], "status"), Text(before[0], "status")));
        Assert.Equal("queued", Text(Assert.Single(listed), "status"));
        Assert.Equal($"As of position {Raw(sent, "position")}.\n", conversation.Error);
        Assert.Equal("sent", Text(Assert.Single(entries), "status"));
    }

    [Fact]
    public async Task What_became_of_things_between_two_moments_is_shown_with_the_facts()
    {
        await using var life = await Life.Begin(await shared.Host);
        var first = Raw((await life.Shell.Json("messages", "events", life.Message))[0], "position");

        var message = (await life.Shell.Json("messages", "diff", life.Message, "--from", first))[0];
        var device = await life.Shell.Done("devices", "diff", life.Device, "--from", first, "--quiet");
        var conversation = await life.Shell.Done("conversations", "diff", life.Conversation, "--from", first);

        Assert.Contains(
            message.GetProperty("changes").EnumerateArray(),
            change => (Text(change, "path"), Text(change, "after")) == ("/status", "delivered")
        );
        Assert.DoesNotContain("/name", device);
        Assert.Contains("+447700900009", conversation);
    }

    [Fact]
    public async Task Why_it_is_so_what_led_to_what_and_who_read_it()
    {
        await using var life = await Life.Begin(await shared.Host);

        var why = await life.Shell.Done("messages", "why", life.Message);
        var story = (await life.Shell.Json("messages", "why", life.Message))[0];
        var tree = await life.Shell.Done("audit", "graph", Text(story, "correlation"));
        var readings = await life.Shell.JsonUntil(
            lines => lines.Count > 0,
            "audit",
            "readings",
            "--message",
            life.Message,
            "--direct-only"
        );

        Assert.Contains("The network reported that it arrived.", why);
        Assert.StartsWith("message_queued", tree.Split('\n')[1]);
        Assert.StartsWith("\u00A0\u00A0message_dispatched", tree.Split('\n')[2]);
        Assert.All(readings, reading => Assert.Equal("content_read", Text(reading, "type")));
    }

    [Fact]
    public async Task Facts_are_listed_counted_fed_and_described()
    {
        await using var life = await Life.Begin(await shared.Host);
        string[] narrowed = ["--stream", life.Message, "--types", "message_queued,message_sent"];

        var listed = await life.Shell.Json(["audit", "list", .. narrowed]);
        var count = await life.Shell.Done(["audit", "count", .. narrowed, "--quiet"]);
        var fed = await life.Shell.JsonUntil(lines => lines.Count == 2, ["events", "list", .. narrowed]);
        var after = await life.Shell.Json([
            "events",
            "list",
            .. narrowed,
            "--after",
            Raw(listed[0], "position"),
        ]);
        var schemas = await life.Shell.Done("events", "schemas", "--quiet");
        var schema = await life.Shell.Json("events", "schemas", "message_sent");

        Assert.Equal(["message_queued", "message_sent"], listed.Select(fact => Text(fact, "type")));
        Assert.Equal("2", count);
        Assert.Equal(listed.Select(fact => Text(fact, "id")), fed.Select(fact => Text(fact, "id")));
        Assert.Equal(Text(listed[1], "id"), Text(Assert.Single(after), "id"));
        Assert.Contains("message_sent", schemas.Split('\n'));
        Assert.Equal("message_sent", Text(schema[0].GetProperty("schema"), "title"));
    }

    [Fact]
    public async Task The_life_of_a_message_a_device_a_webhook_and_a_conversation_is_replayed()
    {
        await using var life = await Life.Begin(await shared.Host);
        var webhook = (await life.Shell.Json("webhooks", "add", "https://127.0.0.1:9/hook", "consent.*"))[0];
        await life.Shell.JsonUntil(
            lines => lines.Count == 1,
            "audit",
            "list",
            "--stream",
            Text(webhook, "id")
        );
        await life.Shell.Done("conversations", "read", life.Conversation);

        var message = await life.Shell.Json("replay", "--stream", life.Message);
        var device = await life.Shell.Json("replay", "--stream", life.Device);
        var hook = await life.Shell.Done("replay", "--stream", Text(webhook, "id"), "--step");
        var conversation = await life.Shell.JsonUntil(
            facts => facts.Any(fact => Text(fact.GetProperty("fact"), "type") == "conversation_read"),
            "replay",
            "--stream",
            life.Conversation
        );

        Assert.Equal(["queued", "dispatched", "sending", "sent", "delivered"], Statuses(message)[..5]);
        Assert.Equal(["offline", "online"], Statuses(device)[..2]);
        Assert.Contains("/url", hook);
        Assert.Equal(
            ["0", "0", "1", "0"],
            conversation
                .Where(fact =>
                    Text(fact.GetProperty("fact"), "type")
                        is "message_dispatched"
                            or "message_sent"
                            or "inbound_message_received"
                            or "conversation_read"
                )
                .Select(fact => Raw(fact.GetProperty("state"), "unread"))
        );
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_replayed()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;

        var (code, _, error) = await shell.Run("replay", "--stream", "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4");

        Assert.Equal((1, "There is nothing with this id.\n"), (code, error));
    }

    private static List<string> Statuses(IReadOnlyList<JsonElement> replayed) =>
        [.. replayed.Select(fact => Text(fact.GetProperty("state"), "status"))];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static string Raw(JsonElement of, string name) => of.GetProperty(name).GetRawText();

    /// <summary>A text that was delivered and answered.</summary>
    private sealed record Life(
        Shell Shell,
        TestTenant Tenant,
        string Device,
        string Message,
        string Conversation
    ) : IAsyncDisposable
    {
        public static async Task<Life> Begin(GatewayHost host)
        {
            var (shell, tenant) = await Shell.SignIn(host);
            var phone = await tenant.Connect();
            var sent = await shell.Json("send", Replies, "Are you coming?", "--wait-delivered");
            var conversations = await shell.JsonUntil(
                lines => lines.Count == 1,
                "conversations",
                "list",
                "--unread"
            );
            return new(shell, tenant, phone.Id.ToString(), Text(sent[0], "id"), Text(conversations[0], "id"));
        }

        public ValueTask DisposeAsync() => Tenant.DisposeAsync();
    }
}
