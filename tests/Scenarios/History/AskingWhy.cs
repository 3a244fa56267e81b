using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.History;

public class AskingWhy(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    [Fact]
    public async Task A_message_is_explained_step_by_step_each_with_its_fact()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var phone = await tenant.Connect();
        var id = await tenant.Send(Bob, "Hello");
        await tenant.Until(id, "delivered");

        var why = await tenant.Get($"/v1/messages/{id}/why");
        var steps = why.GetProperty("steps").EnumerateArray().ToList();

        Assert.Equal(await tenant.Facts(id), steps.Select(step => Type(step.GetProperty("fact"))));
        Assert.Equal("delivered", why.GetProperty("status").GetString());
        Assert.Equal("message_delivered", Type(steps.Single(IsDeciding).GetProperty("fact")));
        Assert.Contains(steps, step => Says(step).Contains("lent to phone", StringComparison.Ordinal));

        bool IsDeciding(JsonElement step) =>
            step.GetProperty("fact").GetProperty("id").GetGuid() == why.GetProperty("decidedBy").GetGuid();
    }

    [Fact]
    public async Task What_its_device_did_meanwhile_is_part_of_the_story()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var phone = await tenant.Connect("sim:?acceptMs=60000");
        var id = await tenant.Send(Bob, "Hello");
        await tenant.Until(id, "sending");
        await tenant.Post(
            $"/v1/devices/{phone.Id}/pause",
            new { reason = "battery" },
            HttpStatusCode.NoContent
        );

        var steps = (await tenant.Get($"/v1/messages/{id}/why")).GetProperty("steps").EnumerateArray();

        Assert.Contains(
            steps,
            step => !step.GetProperty("isOwn").GetBoolean() && Says(step) == "phone was paused: battery."
        );
    }

    [Fact]
    public async Task The_facts_of_one_request_hang_together_across_streams()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();
        var id = await tenant.Send(Bob, "Hello");
        await tenant.Until(id, "delivered");
        var facts = (await tenant.Get($"/v1/messages/{id}/events")).EnumerateArray().ToList();

        var correlation = facts[0].GetProperty("correlation").GetString();
        var graph = await tenant.Get($"/v1/audit/graph?correlation={correlation}");
        var causes = graph
            .GetProperty("causes")
            .EnumerateArray()
            .Select(cause => (cause.GetProperty("from").GetGuid(), cause.GetProperty("to").GetGuid()));

        Assert.Equal(facts.Zip(facts.Skip(1)).Select(pair => (Id(pair.First), Id(pair.Second))), causes);
        Assert.Equal(
            [Id(facts[0])],
            graph.GetProperty("roots").EnumerateArray().Select(root => root.GetGuid())
        );
    }

    [Fact]
    public async Task Nothing_is_explained_that_is_not_there()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var why = await tenant.Get($"/v1/messages/{Guid.NewGuid()}/why", HttpStatusCode.NotFound);
        var graph = await tenant.Get("/v1/audit/graph?correlation=none", HttpStatusCode.NotFound);

        Assert.Equal("message-is-unknown", why.GetProperty("code").GetString());
        Assert.Equal("correlation-is-unknown", graph.GetProperty("code").GetString());
    }

    private static string? Type(JsonElement fact) => fact.GetProperty("type").GetString();

    private static Guid Id(JsonElement fact) => fact.GetProperty("id").GetGuid();

    private static string Says(JsonElement step) => step.GetProperty("says").GetString()!;
}
