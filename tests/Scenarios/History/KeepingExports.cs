using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Scenarios.History;

/// <summary>What becomes of exports once they are there: who sees them, the list of them, and taking one away.</summary>
public class KeepingExports(SharedGateway shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_tenant_knows_nothing_of_it()
    {
        await using var tenant = await WithTexts(1);
        await using var stranger = await tenant.Host.NewTenant();
        var export = await Export.Done(tenant, new { format = "jsonl" });

        foreach (var path in new[] { "", "/content", "/manifest" })
        {
            var problem = await stranger.Get(
                $"/v1/audit/exports/{IdOf(export)}{path}",
                HttpStatusCode.NotFound
            );
            Assert.Equal("export-is-unknown", Text(problem, "code"));
        }

        using var removed = await stranger.Http.DeleteAsync($"/v1/audit/exports/{IdOf(export)}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, removed.StatusCode);
        Assert.Empty((await stranger.Get("/v1/audit/exports")).GetProperty("items").EnumerateArray());
        Assert.Equal("done", Text(await tenant.Get($"/v1/audit/exports/{IdOf(export)}"), "status"));
        Assert.All(
            await Lines(stranger, await Export.Done(stranger, new { format = "jsonl" })),
            NotOf(tenant)
        );
    }

    [Fact]
    public async Task A_file_that_is_removed_is_gone_and_what_it_had_is_still_known()
    {
        await using var tenant = await WithTexts(1);
        var export = await Export.Done(tenant, new { format = "jsonl" });

        using var removed = await tenant.Http.DeleteAsync($"/v1/audit/exports/{IdOf(export)}", Stop);
        using var again = await tenant.Http.DeleteAsync($"/v1/audit/exports/{IdOf(export)}", Stop);
        var gone = await tenant.Get(Content(export), HttpStatusCode.NotFound);

        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NoContent),
            (removed.StatusCode, again.StatusCode)
        );
        Assert.Equal("export-is-gone", Text(gone, "code"));
        Assert.Equal("removed", Text(await tenant.Get($"/v1/audit/exports/{IdOf(export)}"), "status"));
        Assert.Equal(
            Text(export, "sha256"),
            Text(await tenant.Get($"/v1/audit/exports/{IdOf(export)}/manifest"), "sha256")
        );
        Assert.DoesNotContain(Export.Files(tenant.Host), file => file.Contains(IdOf(export).ToString()));
    }

    [Fact]
    public async Task The_list_goes_on_where_its_page_ended_newest_first()
    {
        await using var tenant = await WithTexts(1);
        var made = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            made.Add(IdOf(await Export.Done(tenant, new { format = "jsonl" })));
        }

        var first = await tenant.Get("/v1/audit/exports?limit=2");
        var second = await tenant.Get($"/v1/audit/exports?limit=2&cursor={Text(first, "next")}");

        var listed = new[] { first, second }.SelectMany(page => page.GetProperty("items").EnumerateArray());
        Assert.Equal(Enumerable.Reverse(made), listed.Select(IdOf));
        Assert.Null(Text(second, "next"));
    }

    private async Task<TestTenant> WithTexts(int count) =>
        await Export.TenantWithTexts(await shared.Host, count);

    private static Task<IReadOnlyList<string>> Lines(TestTenant tenant, JsonElement export) =>
        Export.Lines(tenant, export);

    private static Action<string> NotOf(TestTenant tenant) =>
        line => Assert.DoesNotContain(tenant.Name, line);

    private static string Content(JsonElement export) => $"/v1/audit/exports/{IdOf(export)}/content";

    private static Guid IdOf(JsonElement thing) => thing.GetProperty("id").GetGuid();

    private static string? Text(JsonElement thing, string member) => thing.GetProperty(member).GetString();
}
