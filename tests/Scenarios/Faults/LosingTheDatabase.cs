using System.Diagnostics;
using System.Net;
using Gateway.EmbeddedPostgres;
using Gateway.Scenarios.EmbeddedPostgres;
using Npgsql;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class LosingTheDatabase
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Callers_are_told_to_come_back_and_all_goes_on_by_itself_when_it_is_there_again(bool killed) =>
        Outage(killed, (_, _) => Task.CompletedTask);

    [Fact]
    public Task Views_catch_up_by_themselves_after_an_outage() =>
        Outage(
            killed: true,
            async (gateway, ledger) =>
            {
                await ledger.ViewsAgree();
                await Eventually.True(
                    async () => await gateway.ViewsDetail() == "0 events behind at most",
                    TimeSpan.FromSeconds(30),
                    "webhooks and every view to have read all events"
                );
            }
        );

    private static async Task Outage(bool killed, Func<GatewayProcess, Ledger, Task> also)
    {
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { Durable = true };
        var database = await PostgresServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var gateway = await GatewayProcess.Start(database.ConnectionString);
        using var one = await AgentProcess.Start(gateway, "phone-1");
        using var two = await AgentProcess.Start(gateway, "phone-2");
        var ledger = new Ledger(gateway);

        await ledger.Send(40);
        var sending = ledger.Send(60);
        await Task.Delay(150, TestContext.Current.CancellationToken);
        await Lose(database, folder, killed);
        var during = ledger.Send(20);
        await Eventually.True(
            async () => !await gateway.IsReady() && ledger.Refusals.Count > 0,
            TimeSpan.FromSeconds(20),
            "a gateway that says it can't"
        );
        // Longer than a node may be silent before the others take its work.
        await Task.Delay(6000, TestContext.Current.CancellationToken);
        await using var back = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );
        await Eventually.True(gateway.IsReady, TimeSpan.FromSeconds(20), "a gateway that is ready again");
        await Task.WhenAll(sending, during);
        await ledger.Send(30);

        await ledger.Settled();
        await ledger.KeysHold();
        await also(gateway, ledger);
        ledger.AgreesWithTheCarrier(one, two);
        Assert.True(gateway.Runs);
        Assert.Equal((150, 150), (ledger.Count, ledger.In("delivered")));
        Assert.Equal(
            [new Ledger.Refused(HttpStatusCode.ServiceUnavailable, "database-is-unavailable", true)],
            ledger.Refusals.Distinct()
        );
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task Lose(PostgresServer database, PostgresFolder folder, bool killed)
    {
        if (killed)
        {
            using var postmaster = Process.GetProcessById(folder.ServerPid);
            postmaster.Kill();
        }

        await database.DisposeAsync();
    }
}
