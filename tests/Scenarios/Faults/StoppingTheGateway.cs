using System.Net;
using Gateway.Scenarios.EmbeddedPostgres;
using Npgsql;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class StoppingTheGateway(SharedGateway shared)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Asked_to_stop_under_load_it_ends_within_ten_seconds_and_the_next_start_goes_on()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_stop");
        using var gateway = await GatewayProcess.Start(connection);
        using var one = await AgentProcess.Start(gateway, "phone-1");
        var ledger = new Ledger(gateway);

        for (var stop = 1; stop <= 2; stop++)
        {
            var sending = ledger.Send(150);
            await UnderWay(ledger, one, 150 * stop - 100);
            var (exitCode, took) = await gateway.Stop();
            Assert.Equal(0, exitCode);
            Assert.InRange(took, TimeSpan.Zero, Bound);
            var stored = await Queued(connection);
            Assert.Empty(ledger.Accepted.Except(stored));
            await gateway.Start();
            await sending;
        }

        await ledger.Settled();
        await ledger.KeysHold();
        ledger.AgreesWithTheCarrier(one);
        Assert.Equal((300, 300), (ledger.Count, ledger.In("delivered")));
        Assert.Equal(ledger.Accepted.Order(), (await Queued(connection)).Order());
        Assert.DoesNotContain(ledger.Refusals, refusal => refusal.Status < HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Its_own_database_stops_after_it_and_not_before_every_answered_order_is_safe()
    {
        using var folder = new PostgresFolder();
        var settings = new Dictionary<string, string>
        {
            ["EmbeddedPostgres__Root"] = folder.Root,
            ["EmbeddedPostgres__BinDirectory"] = await PostgresFolder.BinDirectory(),
        };
        using var gateway = await GatewayProcess.Start(settings);
        using var one = await AgentProcess.Start(gateway, "phone-1");
        var ledger = new Ledger(gateway);

        var sending = ledger.Send(150);
        await UnderWay(ledger, one, 50);
        var (exitCode, took) = await gateway.Stop();
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, Bound);
        Assert.False(folder.HasServer());
        await gateway.Start();
        await sending;

        await ledger.Settled();
        await ledger.KeysHold();
        ledger.AgreesWithTheCarrier(one);
        Assert.Equal((150, 150), (ledger.Count, ledger.In("delivered")));
        Assert.Equal(0, (await gateway.Stop()).ExitCode);
    }

    /// <summary>Orders come in, and texts go out.</summary>
    private static Task UnderWay(Ledger ledger, AgentProcess agent, int accepted) =>
        Eventually.True(
            () =>
                Task.FromResult(
                    ledger.Count >= accepted
                        && File.Exists(agent.Truth)
                        && new FileInfo(agent.Truth).Length > 0
                ),
            TimeSpan.FromSeconds(40),
            "orders and texts under way"
        );

    /// <summary>The messages that are in the store, each as often as it was taken in.</summary>
    private static async Task<IReadOnlyList<Guid>> Queued(string connectionString)
    {
        var plain = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(plain);
        await using var command = source.CreateCommand(
            "select stream_id from gateway.mt_events where type = 'message_queued'"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
