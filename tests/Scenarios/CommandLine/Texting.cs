namespace Gateway.Scenarios.CommandLine;

public class Texting(SharedGateway shared)
{
    private const string Alice = "+447700900123";
    private const string Replies = "+447700900009";
    private const string IsRefused = "+447700900001";
    private const string Prompt = "sim:?acceptMs=5&reportMs=5";

    [Fact]
    public async Task A_text_is_sent_watched_until_it_is_delivered_and_found_again()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        await tenant.Connect();

        var sent = await shell.Json("send", Alice, "Hello", "--tag", "greeting", "--wait-delivered");
        var id = sent[0].GetProperty("id").GetGuid();
        var listed = await shell.JsonUntil(
            lines => lines.Count == 1,
            "messages",
            "list",
            "--tag",
            "greeting"
        );
        var events = await shell.Done("messages", "events", $"{id}");
        var before = await shell.Json("messages", "show", $"{id}", "--facts", "1");
        var audit = await shell.JsonUntil(
            lines => lines.Count == 2,
            "audit",
            "list",
            "--number",
            Alice,
            "--types",
            "message_queued,message_delivered"
        );

        Assert.Equal("delivered", sent[0].GetProperty("status").GetString());
        Assert.Equal(id, listed[0].GetProperty("id").GetGuid());
        Assert.Contains("message_delivered", events);
        Assert.Equal("queued", before[0].GetProperty("status").GetString());
        Assert.Equal("message_queued", audit[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_same_idempotency_key_is_the_same_message()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;

        var first = await shell.Done("send", Alice, "Hello", "--idempotency-key", "order-1", "--quiet");
        var second = await shell.Done("send", Alice, "Hello", "--idempotency-key", "order-1", "--quiet");
        var (code, _, error) = await shell.Run("send", Alice, "Bye", "--idempotency-key", "order-1");

        Assert.Equal(first, second);
        Assert.Equal(1, code);
        Assert.Contains("(idempotency-key-is-used)", error);
    }

    [Fact]
    public async Task What_the_gateway_or_the_network_refuses_ends_with_code_1()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        await tenant.Connect(Prompt);

        var malformed = await shell.Run("send", "abc", "Hello");
        var refused = await shell.Run("send", IsRefused, "Hello", "--wait");

        Assert.Equal(
            (1, "'To' is not a telephone number; write it as +447700900123. (request-is-malformed)\n"),
            (malformed.Code, malformed.Error)
        );
        Assert.Equal(1, refused.Code);
        Assert.EndsWith("The message is failed.\n", refused.Error);
    }

    [Fact]
    public async Task What_is_due_later_can_be_tried_first_and_stopped_after_all()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;

        var tried = await shell.Json("send", Alice, "Later", "--send-at", "2h", "--dry-run");
        var id = await shell.Done("send", Alice, "Later", "--send-at", "2h", "--quiet");
        await shell.Done("messages", "cancel", id);
        var cancelled = await shell.JsonUntil(
            lines => lines[0].GetProperty("status").GetString() == "cancelled",
            "messages",
            "show",
            id
        );

        Assert.Equal(1, tried[0].GetProperty("segments").GetInt32());
        Assert.Single(cancelled);
    }

    [Fact]
    public async Task A_conversation_is_found_read_and_answered()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        await tenant.Connect(Prompt);

        await shell.Done("send", Replies, "Are you coming?");
        var unread = await shell.JsonUntil(lines => lines.Count == 1, "conversations", "list", "--unread");
        var id = unread[0].GetProperty("id").GetString()!;
        var entries = await shell.JsonUntil(lines => lines.Count == 2, "conversations", "entries", id);
        await shell.Done("conversations", "read", id);
        await shell.JsonUntil(
            lines => lines[0].GetProperty("unread").GetInt32() == 0,
            "conversations",
            "show",
            id
        );
        var answer = await shell.Json("conversations", "reply", id, "Good", "--wait");

        Assert.Equal("inbound", entries[0].GetProperty("direction").GetString());
        Assert.Equal(Replies, answer[0].GetProperty("to").GetString());
    }
}
