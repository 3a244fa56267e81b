using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.Views;

/// <summary>Views are built anew beside those in use, while the gateway works.</summary>
public sealed class RebuildingBeside(VariedHistory history) : IClassFixture<VariedHistory>
{
    private const string Bob = "+447700900123";

    private readonly ViewTables tables = new(history.ConnectionString);

    [Fact]
    public async Task Every_view_comes_out_the_same_and_takes_the_place_of_the_one_in_use()
    {
        await using var host = GatewayHost.On(history.ConnectionString);
        await using var tenant = await host.NewTenant();
        await VariedHistory.CaughtUp(host);
        var before = await Rows();

        var rebuild = await Rebuilt(tenant);

        Assert.Equal(before, await Rows());
        Assert.All(Results(rebuild), view => Assert.Equal(0, view.GetProperty("differences").GetInt64()));
        Assert.Equal(11, Results(rebuild).Count);
    }

    [Fact]
    public async Task What_was_deleted_changed_or_forged_is_said_row_by_row_and_put_right()
    {
        await using var host = GatewayHost.On(history.ConnectionString);
        await using var tenant = await host.NewTenant();
        await VariedHistory.CaughtUp(host);
        var before = await Rows();
        await tables.Tamper("messageview");
        await tables.Tamper("consentstate");

        var results = Results(await Rebuilt(tenant));

        Assert.Equal(before, await Rows());
        Assert.Equal(
            ["ConsentState", "Messages"],
            results
                .Where(view => view.GetProperty("differences").GetInt64() > 0)
                .Select(view => view.GetProperty("view").GetString())
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            results.Where(view => view.GetProperty("differences").GetInt64() > 0),
            view => Assert.NotEmpty(view.GetProperty("examples").EnumerateArray())
        );
    }

    [Fact]
    public async Task The_gateway_works_all_the_while_and_its_views_go_on_afterwards()
    {
        await using var host = GatewayHost.On(history.ConnectionString);
        await using var tenant = await host.NewTenant();
        await tenant.Connect();
        using var enough = new CancellationTokenSource();
        var sending = KeepSending(tenant, enough.Token);

        var rebuild = await Rebuilt(tenant);
        await enough.CancelAsync();
        var sent = await sending;
        await VariedHistory.CaughtUp(host);

        Assert.All(Results(rebuild), view => Assert.Equal(0, view.GetProperty("differences").GetInt64()));
        Assert.All(
            Results(await Rebuilt(tenant)),
            view => Assert.Equal(0, view.GetProperty("differences").GetInt64())
        );
        Assert.Equal(
            sent.Order(),
            (await tenant.Get("/v1/messages?limit=500"))
                .GetProperty("items")
                .EnumerateArray()
                .Select(message => message.GetProperty("id").GetGuid())
                .Order()
        );
    }

    [Fact]
    public async Task One_rebuild_runs_at_a_time_and_of_views_that_exist()
    {
        await using var host = GatewayHost.On(history.ConnectionString);
        await using var tenant = await host.NewTenant();

        var unknown = await tenant.Post(
            "/v1/projections/rebuilds",
            new { views = new[] { "Horoscopes" } },
            HttpStatusCode.NotFound
        );
        var first = await tenant.Post("/v1/projections/rebuilds", new { }, HttpStatusCode.Accepted);
        var second = await tenant.Post("/v1/projections/rebuilds", new { }, HttpStatusCode.Conflict);
        await Ended(tenant, first);

        Assert.Equal("view-is-unknown", unknown.GetProperty("code").GetString());
        Assert.Equal("rebuild-is-running", second.GetProperty("code").GetString());
    }

    private static async Task<IReadOnlyList<Guid>> KeepSending(TestTenant tenant, CancellationToken enough)
    {
        var sent = new List<Guid>();
        while (!enough.IsCancellationRequested && sent.Count < 400)
        {
            sent.Add(await tenant.Send(Bob, $"Text {sent.Count}"));
        }

        await tenant.Until(sent[^1], "delivered");
        return sent;
    }

    private static async Task<JsonElement> Rebuilt(TestTenant tenant)
    {
        var asked = await tenant.Post("/v1/projections/rebuilds", new { }, HttpStatusCode.Accepted);
        return await Ended(tenant, asked);
    }

    private static async Task<JsonElement> Ended(TestTenant tenant, JsonElement asked)
    {
        var last = default(JsonElement);
        await TestTenant.Until(async () =>
        {
            last = await tenant.Get($"/v1/projections/rebuilds/{asked.GetProperty("id").GetGuid()}");
            return last.GetProperty("status").GetString() == "running" ? null : last;
        });
        Assert.True(last.GetProperty("status").GetString() == "finished", last.ToString());
        return last;
    }

    /// <summary>When a key was last used is no view, and webhooks are tried again meanwhile.</summary>
    private async Task<IEnumerable<string>> Rows() =>
        (await tables.Rows()).Where(row =>
            !row.StartsWith("mt_doc_apikeyuse", StringComparison.Ordinal)
            && !row.StartsWith("mt_doc_webhookattemptview", StringComparison.Ordinal)
        );

    private static IReadOnlyList<JsonElement> Results(JsonElement rebuild) =>
        [.. rebuild.GetProperty("results").EnumerateArray()];
}
