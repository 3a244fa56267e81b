using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.Conversations;

public class Answering(SharedGateway shared)
{
    private const string Replies = "+447700900009";
    private const string SaysStop = "+447700900008";

    private const string Prompt = "sim:?acceptMs=5&reportMs=5";

    [Fact]
    public async Task A_reply_marks_the_message_and_stands_in_the_conversation()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect(Prompt);

        var id = await tenant.Send(Replies, "Are you coming?");
        var replied = await Until(tenant, id, "replied");
        var conversation = Assert.Single(await Conversations(tenant));
        var entries = await Listed(
            tenant,
            $"/v1/conversations/{conversation.GetProperty("id").GetGuid()}/entries",
            entry => entry.GetProperty("answers").ValueKind == JsonValueKind.String
        );
        var replies = await Listed(tenant, "/v1/messages?status=replied", _ => true);

        Assert.Equal("delivered", replied.GetProperty("status").GetString());
        Assert.Equal(1, conversation.GetProperty("unread").GetInt32());
        Assert.Equal(
            ["inbound", "outbound"],
            entries.Select(entry => entry.GetProperty("direction").GetString())
        );
        Assert.Equal(id, entries[0].GetProperty("answers").GetGuid());
        Assert.Single(replies);
    }

    [Fact]
    public async Task A_conversation_can_be_read_and_answered_by_its_own_line()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect(Prompt);
        await Until(tenant, await tenant.Send(Replies, "Are you coming?"), "replied");
        var id = (await Conversations(tenant))[0].GetProperty("id").GetGuid();

        await tenant.Post($"/v1/conversations/{id}/read", new { }, HttpStatusCode.NoContent);
        var read = await TestTenant.Until(async () =>
        {
            var conversation = await tenant.Get($"/v1/conversations/{id}");
            return conversation.GetProperty("unread").GetInt32() == 0 ? conversation : null;
        });
        var answer = await tenant.Post(
            $"/v1/conversations/{id}/messages",
            new { text = "Good" },
            HttpStatusCode.Accepted
        );
        var sent = await tenant.Until(answer.GetProperty("id").GetGuid(), "delivered");

        Assert.NotNull(read);
        Assert.Equal(id, sent.GetProperty("conversationId").GetGuid());
    }

    [Fact]
    public async Task After_stop_nothing_more_is_sent_to_that_number()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect(Prompt);

        var sale = new { to = SaysStop, text = "Sale!" };
        var first = await tenant.Post("/v1/messages", sale, HttpStatusCode.Accepted, "sale-1");
        await Until(tenant, first.GetProperty("id").GetGuid(), "replied");
        var repeated = await tenant.Post("/v1/messages", sale, HttpStatusCode.Accepted, "sale-1");
        var problem = await tenant.Post(
            "/v1/messages",
            new { to = SaysStop, text = "Sale again!" },
            HttpStatusCode.UnprocessableEntity
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    tenant.Post(
                        "/v1/messages",
                        new { to = SaysStop, text = "And again!" },
                        HttpStatusCode.UnprocessableEntity
                    )
                )
        );
        var facts = await tenant.Get($"/v1/audit?number={Uri.EscapeDataString(SaysStop)}");

        Assert.Equal(first.GetProperty("id").GetGuid(), repeated.GetProperty("id").GetGuid());
        Assert.Equal("recipient-has-opted-out", problem.GetProperty("code").GetString());
        var types = facts
            .GetProperty("items")
            .EnumerateArray()
            .Select(fact => fact.GetProperty("type").GetString())
            .ToList();
        Assert.Contains("opted_out", types);
        Assert.Equal(9, types.Count(type => type == "order_refused"));
    }

    private static async Task<JsonElement> Until(TestTenant tenant, Guid message, string marker) =>
        await TestTenant.Until(async () =>
        {
            var answer = await tenant.Get($"/v1/messages/{message}");
            return answer.GetProperty("markers").GetRawText().Contains(marker) ? answer : (JsonElement?)null;
        }) ?? throw new TimeoutException($"The message was never marked {marker}.");

    /// <summary>The items of a list, once its newest is as it shall be: lists may trail.</summary>
    private static async Task<IReadOnlyList<JsonElement>> Listed(
        TestTenant tenant,
        string path,
        Func<JsonElement, bool> isNewest
    )
    {
        var found = await TestTenant.Until(async () =>
        {
            var items = (await tenant.Get(path)).GetProperty("items");
            return items.GetArrayLength() > 0 && isNewest(items[0]) ? items : (JsonElement?)null;
        });
        return [.. found!.Value.EnumerateArray()];
    }

    private static async Task<IReadOnlyList<JsonElement>> Conversations(TestTenant tenant)
    {
        var found = await TestTenant.Until(async () =>
        {
            var page = await tenant.Get("/v1/conversations?unread=true");
            return page.GetProperty("items").GetArrayLength() > 0 ? page : null;
        });
        return [.. found!.Value.GetProperty("items").EnumerateArray()];
    }
}
