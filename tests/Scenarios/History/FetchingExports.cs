using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.History;

public class FetchingExports(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    [Fact]
    public async Task Who_fetches_a_file_with_texts_has_read_them()
    {
        await using var tenant = await Export.TenantWithTexts(await shared.Host, 1);
        await tenant.Get("/v1/audit");
        var texts = await Export.Done(tenant, new { format = "jsonl", number = Bob });
        var other = await Export.Done(tenant, new { format = "jsonl", types = new[] { "message_sent" } });
        Assert.Empty(await Export.Readings(tenant));

        await Export.Lines(tenant, texts);
        await Export.Lines(tenant, other);
        await Export.Lines(tenant, texts);
        var reading = Assert.Single(await Export.Readings(tenant));
        var about = await tenant.Get(
            $"/v1/audit/readings?number={Uri.EscapeDataString(Bob)}&everything=false"
        );

        Assert.Equal(Text(texts, "askedBy"), Text(reading, "actor"));
        Assert.Equal(texts.GetProperty("upTo").GetInt64(), UpTo(reading));
        Assert.Contains(IdOf(reading), about.GetProperty("items").EnumerateArray().Select(IdOf));
    }

    [Fact]
    public async Task Each_file_that_is_fetched_is_something_new()
    {
        await using var tenant = await Export.TenantWithTexts(await shared.Host, 1);
        var first = await Export.Done(tenant, new { format = "jsonl" });
        await Export.Settled(tenant, await tenant.Send(Bob, "Later"));
        var second = await Export.Done(tenant, new { format = "jsonl" });

        await Export.Lines(tenant, first);
        await Export.Lines(tenant, second);

        Assert.Equal(
            new[] { first, second }.Select(export => export.GetProperty("upTo").GetInt64()),
            (await Export.Readings(tenant)).Select(UpTo)
        );
    }

    [Fact]
    public async Task Where_the_policy_asks_nobody_is_shown_an_export_without_saying_why()
    {
        await using var host = await GatewayHost.Start(
            shared.Cluster,
            "exports_purposes",
            new Dictionary<string, string> { ["Audit:RequirePurpose"] = "true" }
        );
        await using var tenant = await host.NewTenant();
        tenant.Http.DefaultRequestHeaders.Add("Access-Purpose", "set up");
        await Export.Settled(tenant, await tenant.Send("+447700900123", "A text"));
        tenant.Http.DefaultRequestHeaders.Remove("Access-Purpose");

        var export = await Export.Done(tenant, new { format = "csv" });
        var content = $"/v1/audit/exports/{export.GetProperty("id").GetString()}/content";
        var problem = await tenant.Get(content, HttpStatusCode.BadRequest);
        tenant.Http.DefaultRequestHeaders.Add("Access-Purpose", "complaint 12");
        await tenant.Http.GetStringAsync(content, TestContext.Current.CancellationToken);

        Assert.Equal("purpose-is-missing", problem.GetProperty("code").GetString());
        Assert.Equal("complaint 12", PurposeOf(Assert.Single(await Export.Readings(tenant))));
    }

    private static Guid IdOf(JsonElement thing) => thing.GetProperty("id").GetGuid();

    private static long UpTo(JsonElement fact) => fact.GetProperty("data").GetProperty("upTo").GetInt64();

    private static string? Text(JsonElement thing, string member) => thing.GetProperty(member).GetString();

    private static string? PurposeOf(JsonElement reading) => Text(reading.GetProperty("data"), "purpose");
}
