using System.Net;
using System.Text.Json;
using Npgsql;

namespace Gateway.Scenarios.Views;

public class PausingAReader(SharedGateway shared)
{
    private const string Bob = "+447700900123";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_was_paused_goes_on_from_where_it_was()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "pausing", isAlone: false);
        await using var tenant = await host.NewTenant();
        await tenant.Send(Bob, "Before");
        // Not by its lag: that is nought, too, until the mark has passed the fact.
        await Faults.Eventually.True(
            async () => await Listed(tenant) == 1,
            TimeSpan.FromSeconds(30),
            "a text in the list"
        );

        await tenant.Post("/v1/projections/Views/pause", new { reason = "test" }, HttpStatusCode.NoContent);
        await Until(tenant, "Views", reader => Status(reader) == "paused");
        await tenant.Send(Bob, "Meanwhile");
        await Until(tenant, "Views", reader => Lag(reader) > 0);
        var meanwhile = await Listed(tenant);
        await tenant.Post("/v1/projections/Views/resume", new { }, HttpStatusCode.NoContent);
        await Until(tenant, "Views", reader => Lag(reader) == 0);

        Assert.Equal((1, 2), (meanwhile, await Listed(tenant)));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_parked_shown_and_left_out_only_by_a_decision()
    {
        var connection = await shared.Cluster.CreateDatabase("parked");
        await using var host = GatewayHost.On(connection);
        await using var tenant = await host.NewTenant();
        var id = await tenant.Send(Bob, "Hello");
        await Poison(connection, tenant.Name, id);
        await tenant.Send(Bob, "And on");

        var parked = await TestTenant.Until(async () =>
        {
            var all = await tenant.Get("/v1/projections/parked");
            return all.EnumerateArray().Select(e => (JsonElement?)e).FirstOrDefault(OfViews);
        });
        var unsent = await TestTenant.Until(async () =>
        {
            var all = await tenant.Get("/v1/projections/parked");
            return all.EnumerateArray().Select(e => (JsonElement?)e).FirstOrDefault(OfWebhooks);
        });
        await tenant.Post(Path(unsent!.Value, "retry"), new { }, HttpStatusCode.Conflict);
        await Until(tenant, "Views", reader => Lag(reader) == 0);
        var rebuild = await Ended(
            tenant,
            await tenant.Post(Path(parked!.Value, "retry"), new { }, HttpStatusCode.Accepted)
        );
        await tenant.Post(Path(parked.Value, "skip"), new { }, HttpStatusCode.BadRequest);
        await tenant.Post(
            Path(parked.Value, "skip"),
            new { reason = "forged by a test" },
            HttpStatusCode.NoContent
        );
        var again = await Ended(
            tenant,
            await tenant.Post("/v1/projections/rebuilds", new { }, HttpStatusCode.Accepted)
        );

        Assert.Equal(2, await Listed(tenant));
        Assert.Equal("failed", rebuild.GetProperty("status").GetString());
        Assert.Equal("finished", again.GetProperty("status").GetString());
        Assert.All(
            again.GetProperty("results").EnumerateArray(),
            view => Assert.Equal(0, view.GetProperty("differences").GetInt64())
        );
        Assert.DoesNotContain((await tenant.Get("/v1/projections/parked")).EnumerateArray(), e => OfViews(e));
    }

    [Fact]
    public async Task A_reader_that_does_not_exist_is_refused()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var problem = await tenant.Post("/v1/projections/Horoscopes/pause", new { }, HttpStatusCode.NotFound);

        Assert.Equal("reader-is-unknown", problem.GetProperty("code").GetString());
    }

    /// <summary>An event that no version of the gateway could have written.</summary>
    internal static async Task Poison(string connection, string tenant, Guid stream)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            """
            insert into gateway.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived)
            select nextval('gateway.mt_events_sequence'), gen_random_uuid(), stream_id, max(version) + 10,
                   '{"fence": "first", "at": 7}', 'message_sent', now(), tenant_id, null, false
            from gateway.mt_events where stream_id = $1 and tenant_id = $2 group by stream_id, tenant_id
            """
        );
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = tenant });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
    }

    private static async Task Until(TestTenant tenant, string reader, Func<JsonElement, bool> condition)
    {
        var found = await TestTenant.Until(async () =>
        {
            var all = await tenant.Get("/v1/projections");
            var one = all.EnumerateArray().Single(r => r.GetProperty("name").GetString() == reader);
            return condition(one) ? one : null;
        });
        Assert.True(found is not null, (await tenant.Get("/v1/projections")).ToString());
    }

    private static async Task<JsonElement> Ended(TestTenant tenant, JsonElement asked)
    {
        var ended = await TestTenant.Until(async () =>
        {
            var rebuild = await tenant.Get($"/v1/projections/rebuilds/{asked.GetProperty("id").GetGuid()}");
            return rebuild.GetProperty("status").GetString() == "running" ? null : rebuild;
        });
        return ended!.Value;
    }

    /// <summary>Webhooks read the log, too, and stumble over it by themselves.</summary>
    private static bool OfViews(JsonElement? parked) =>
        parked!.Value.GetProperty("reader").GetString() == "Views";

    /// <summary>Which keep nothing that could be built anew.</summary>
    private static bool OfWebhooks(JsonElement? parked) =>
        parked!.Value.GetProperty("reader").GetString() == "Webhooks";

    private static async Task<int> Listed(TestTenant tenant) =>
        (await tenant.Get("/v1/messages")).GetProperty("items").GetArrayLength();

    private static string Path(JsonElement parked, string verb) =>
        $"/v1/projections/parked/{parked.GetProperty("id").GetGuid()}/{verb}";

    private static long Lag(JsonElement reader) => reader.GetProperty("lag").GetInt64();

    private static string? Status(JsonElement reader) => reader.GetProperty("status").GetString();
}
