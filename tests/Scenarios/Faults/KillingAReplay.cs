using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.EmbeddedPostgres;
using Gateway.Scenarios.EmbeddedPostgres;
using Gateway.Scenarios.Webhooks;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class KillingAReplay(SharedGateway shared)
{
    private const int Texts = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_between_it_goes_on_from_what_was_recorded()
    {
        await using var receiver = await Receiver.Start();
        using var gateway = await Start(await shared.Cluster.CreateDatabase("faults_replay"));
        var replay = await Begin(gateway, receiver);
        await Until(gateway, replay, found => found.GetProperty("sent").GetInt32() > 0);

        await gateway.Kill();
        var before = receiver.Replayed.Count;
        await gateway.Start();
        await Finished(gateway, replay);

        Assert.Equal(Texts, receiver.Replayed.Select(call => call.Id).Distinct().Count());
        Assert.InRange(before, 1, Texts - 1);
        Assert.NotEqual(receiver.Replayed[0].Id, receiver.Replayed[before].Id);
    }

    [Fact]
    public async Task Stopped_in_an_orderly_way_it_tells_only_the_call_under_way_twice()
    {
        await using var receiver = await Receiver.Start();
        using var gateway = await Start(await shared.Cluster.CreateDatabase("faults_replay_stop"));
        var replay = await Begin(gateway, receiver);
        await receiver.Wait(5);

        Assert.Equal(0, (await gateway.Stop()).ExitCode);
        await gateway.Start();
        await Finished(gateway, replay);

        Assert.Equal(Texts, receiver.Replayed.Select(call => call.Id).Distinct().Count());
        Assert.InRange(receiver.Replayed.Count, Texts, Texts + 1);
    }

    [Fact]
    public async Task An_outage_of_the_database_holds_it_up_and_no_more()
    {
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { Durable = true };
        var database = await PostgresServer.StartAsync(options, Stop);
        await using var receiver = await Receiver.Start();
        using var gateway = await Start(database.ConnectionString);
        var replay = await Begin(gateway, receiver);
        await receiver.Wait(5);

        using (var postmaster = Process.GetProcessById(folder.ServerPid))
        {
            postmaster.Kill();
        }

        await database.DisposeAsync();
        await Eventually.True(async () => !await gateway.IsReady(), Patience, "a gateway that says it can't");
        await using var back = await PostgresServer.StartAsync(options, Stop);
        await Eventually.True(gateway.IsReady, Patience, "a gateway that is ready again");
        await Finished(gateway, replay);

        Assert.Equal(Texts, receiver.Replayed.Select(call => call.Id).Distinct().Count());
        Assert.True(gateway.Runs);
    }

    [Fact]
    public async Task Of_two_gateways_one_runs_it()
    {
        var database = await shared.Cluster.CreateDatabase("replay_two");
        var settings = new Dictionary<string, string> { ["Webhooks:AllowPrivateAddresses"] = "true" };
        await using var near = GatewayHost.On(database, settings, isAlone: false);
        await using var far = GatewayHost.On(database, settings, isAlone: false);
        await using var tenant = await near.NewTenant();
        await using var receiver = await Receiver.Start();
        await Replaying.Send(tenant, 20);
        var hook = await Replaying.To(tenant, receiver, "message.queued");

        await hook.Until(await hook.Begin(ratePerSecond: 5), "finished");

        Assert.Equal(20, receiver.Replayed.Select(call => call.Id).Distinct().Count());
        Assert.Equal(20, receiver.Replayed.Count);
    }

    private static Task<GatewayProcess> Start(string connection) =>
        GatewayProcess.Start(
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Gateway"] = connection,
                ["Webhooks__AllowPrivateAddresses"] = "true",
            }
        );

    /// <summary>A history, and somebody who wants it told at ten facts a second.</summary>
    private static async Task<string> Begin(GatewayProcess gateway, Receiver receiver)
    {
        for (var text = 1; text <= Texts; text++)
        {
            await Post(gateway, "/v1/messages", new { to = "+447700900123", text = $"Text {text}" });
        }

        var hook = await Post(
            gateway,
            "/v1/webhooks",
            new { url = receiver.Url, events = new[] { "message.queued" } }
        );
        var path = $"/v1/webhooks/{hook.GetProperty("id").GetString()}/replays";
        var replay = await Post(gateway, path, new { from = "0" });
        return $"{path}/{replay.GetProperty("id").GetString()}";
    }

    private static async Task<JsonElement> Post(GatewayProcess gateway, string path, object body)
    {
        using var answer = await gateway.Http.PostAsJsonAsync(path, body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static Task Finished(GatewayProcess gateway, string replay) =>
        Until(gateway, replay, found => found.GetProperty("status").GetString() == "finished");

    private static Task Until(GatewayProcess gateway, string replay, Func<JsonElement, bool> isSo) =>
        Eventually.True(async () => isSo(await gateway.Get(replay)), Patience, "the replay");
}
