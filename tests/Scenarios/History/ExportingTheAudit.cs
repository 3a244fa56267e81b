using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Scenarios.History;

public class ExportingTheAudit(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_lines_are_the_facts_that_paging_the_feed_gives_to_the_byte()
    {
        await using var tenant = await WithTexts(12);

        var export = await Export.Done(tenant, new { format = "jsonl" });
        var lines = await Lines(tenant, export);

        var upTo = export.GetProperty("upTo").GetInt64();
        var facts = (await FeedReader.Pages(tenant, "")).Where(fact => Position(fact) <= upTo);
        Assert.Equal(facts.Select(fact => fact.GetRawText()), lines);
        Assert.True(lines.Count > 12);
        Assert.Equal(upTo, export.GetProperty("progress").GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task It_is_narrowed_as_the_audit_is()
    {
        await using var tenant = await WithTexts(3);
        var other = await tenant.Send("+447700900124", "Another");
        await Export.Settled(tenant, other);

        var byType = await Export.Done(tenant, new { format = "jsonl", types = new[] { "message_queued" } });
        var byStream = await Export.Done(tenant, new { format = "jsonl", stream = other });
        var byNumber = await Export.Done(tenant, new { format = "jsonl", number = "+447700900124" });

        Assert.Equal(4, byType.GetProperty("progress").GetProperty("facts").GetInt64());
        Assert.All(await Lines(tenant, byStream), line => Assert.Contains(other.ToString(), line));
        Assert.Equal(await Lines(tenant, byStream), await Lines(tenant, byNumber));
        Assert.NotEmpty(await Lines(tenant, byNumber));
    }

    [Fact]
    public async Task The_manifest_says_what_is_in_the_file_and_its_hash()
    {
        await using var tenant = await WithTexts(3);
        var export = await Export.Done(tenant, new { format = "jsonl" });
        var content = await tenant.Http.GetByteArrayAsync(Content(export), Stop);
        var lines = await Lines(tenant, export);

        var manifest = await tenant.Get($"/v1/audit/exports/{IdOf(export)}/manifest");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Text(manifest, "sha256"));
        Assert.Equal(content.Length, manifest.GetProperty("bytes").GetInt64());
        Assert.Equal(lines.Count, manifest.GetProperty("facts").GetInt64());
        Assert.Equal(3, manifest.GetProperty("types").GetProperty("message_queued").GetInt64());
        Assert.Equal(Position(Parse(lines[0])), Position(manifest.GetProperty("first")));
        Assert.Equal(Position(Parse(lines[^1])), Position(manifest.GetProperty("last")));
        Assert.Equal(Text(Parse(lines[^1]), "recordedAt"), Text(manifest.GetProperty("last"), "recordedAt"));
        Assert.StartsWith("gateway ", Text(manifest, "product"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task The_same_part_of_the_log_gives_the_same_file_whatever_came_later(string format)
    {
        await using var tenant = await WithTexts(5);
        var first = await Export.Done(tenant, new { format, types = new[] { "message_queued" } });
        await Export.Settled(tenant, await tenant.Send(Bob, "Later"));

        var (after, upTo) = (first.GetProperty("after").GetInt64(), first.GetProperty("upTo").GetInt64());
        var again = await Export.Done(
            tenant,
            new
            {
                format,
                types = new[] { "message_queued" },
                after,
                upTo,
            }
        );

        Assert.NotEqual(IdOf(first), IdOf(again));
        Assert.Equal(Text(first, "sha256"), Text(again, "sha256"));
        Assert.Equal(
            await tenant.Http.GetByteArrayAsync(Content(first), Stop),
            await tenant.Http.GetByteArrayAsync(Content(again), Stop)
        );
    }

    [Fact]
    public async Task A_file_that_was_fetched_in_part_is_fetched_on_from_there()
    {
        await using var tenant = await WithTexts(5);
        var export = await Export.Done(tenant, new { format = "csv" });
        using var whole = await tenant.Http.GetAsync(Content(export), Stop);
        var content = await whole.Content.ReadAsByteArrayAsync(Stop);

        using var rest = await Part(tenant, export, 100, whole.Headers.ETag!);
        using var other = await Part(tenant, export, 100, new("\"another\""));
        using var beyond = await Part(tenant, export, content.Length, whole.Headers.ETag!);

        Assert.Equal("bytes", Assert.Single(whole.Headers.AcceptRanges));
        Assert.Equal($"\"{Text(export, "sha256")}\"", whole.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(content[100..], await rest.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task As_CSV_each_fact_is_a_line_under_the_names_of_the_columns()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await Export.Settled(tenant, await tenant.Send(Bob, "=1+1;\"quoted\",\nnext"));

        var export = await Export.Done(tenant, new { format = "csv", types = new[] { "message_queued" } });
        var text = await tenant.Http.GetStringAsync(Content(export), Stop);

        Assert.StartsWith("position,recordedAt,at,type,schema,", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("\r\n").Length);
        Assert.Contains("\"\"text\"\": \"\"=1+1\\u003b\\\"\"quoted\\\"\",\\nnext\"\"", text);
    }

    [Fact]
    public async Task Who_asked_for_what_stands_in_the_history()
    {
        await using var tenant = await WithTexts(1);
        var export = await Export.Done(tenant, new { format = "jsonl", types = new[] { "message_queued" } });

        var life = (await tenant.Get($"/v1/audit?stream={IdOf(export)}")).GetProperty("items");

        Assert.Equal(
            ["export_requested", "export_finished"],
            life.EnumerateArray().Select(fact => Text(fact, "type"))
        );
        Assert.Equal(Text(export, "askedBy"), Text(life[0], "actor"));
        Assert.Equal("system:exports", Text(life[1], "actor"));
    }

    [Fact]
    public async Task Of_a_period_it_has_what_the_audit_has()
    {
        await using var tenant = await WithTexts(1);
        var facts = (await tenant.Get("/v1/audit?type=message_queued")).GetProperty("items");
        var since = Text(facts[0], "recordedAt");
        await Export.Settled(tenant, await tenant.Send(Bob, "Inside"));
        var inside = (await tenant.Get("/v1/audit?type=message_queued")).GetProperty("items")[1];
        await Export.Settled(tenant, await tenant.Send(Bob, "Outside"));
        var outside = (await tenant.Get("/v1/audit?type=message_queued")).GetProperty("items")[2];
        var until = Text(outside, "recordedAt");

        var types = new[] { "message_queued" };
        var export = await Export.Done(
            tenant,
            new
            {
                format = "jsonl",
                types,
                since,
                until,
            }
        );

        Assert.Equal(
            [Position(facts[0]), Position(inside)],
            (await Lines(tenant, export)).Select(line => Position(Parse(line)))
        );
        Assert.Equal(
            (since, until),
            (Text(export.GetProperty("filters"), "since"), Text(export.GetProperty("filters"), "until"))
        );
    }

    private async Task<TestTenant> WithTexts(int count) =>
        await Export.TenantWithTexts(await shared.Host, count);

    private static async Task<HttpResponseMessage> Part(
        TestTenant tenant,
        JsonElement export,
        long from,
        EntityTagHeaderValue tag
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Content(export));
        request.Headers.Range = new(from, null);
        request.Headers.IfRange = new(tag);
        return await tenant.Http.SendAsync(request, Stop);
    }

    private static Task<IReadOnlyList<string>> Lines(TestTenant tenant, JsonElement export) =>
        Export.Lines(tenant, export);

    private static string Content(JsonElement export) => $"/v1/audit/exports/{IdOf(export)}/content";

    private static Guid IdOf(JsonElement thing) => thing.GetProperty("id").GetGuid();

    private static long Position(JsonElement thing) => thing.GetProperty("position").GetInt64();

    private static string? Text(JsonElement thing, string member) => thing.GetProperty(member).GetString();

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
