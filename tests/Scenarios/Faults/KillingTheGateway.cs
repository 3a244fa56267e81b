namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class KillingTheGateway(SharedGateway shared)
{
    [Fact]
    public async Task Killed_at_random_moments_it_loses_nothing_and_texts_nobody_twice()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_gateway");
        using var gateway = await GatewayProcess.Start(connection);
        using var one = await AgentProcess.Start(gateway, "phone-1");
        using var two = await AgentProcess.Start(gateway, "phone-2");
        var (ledger, random) = (new Ledger(gateway), new Random(20_261));

        for (var kill = 0; kill < 3; kill++)
        {
            var sending = ledger.Send(60);
            await Task.Delay(random.Next(50, 900), TestContext.Current.CancellationToken);
            await gateway.Kill();
            await gateway.Start();
            await sending;
        }

        await ledger.Settled();
        await ledger.KeysHold();
        await ledger.ViewsAgree();
        ledger.AgreesWithTheCarrier(one, two);
        Assert.Equal((180, 0), (ledger.Count, ledger.In("in_doubt")));
        Assert.Equal(180, ledger.In("delivered"));
    }

    [Fact]
    public async Task Killed_together_with_its_devices_it_is_in_doubt_at_most_once_per_sim_and_kill()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_both");
        using var gateway = await GatewayProcess.Start(connection);
        using var one = await AgentProcess.Start(gateway, "phone-1", sims: 2);
        using var two = await AgentProcess.Start(gateway, "phone-2", sims: 2);
        var (ledger, random) = (new Ledger(gateway), new Random(20_265));

        for (var kill = 0; kill < 2; kill++)
        {
            var sending = ledger.Send(60);
            await Task.Delay(random.Next(100, 1200), TestContext.Current.CancellationToken);
            await Task.WhenAll(gateway.Kill(), one.Kill());
            one.Run();
            await gateway.Start();
            await sending;
        }

        await ledger.Settled(reportsWithin: TimeSpan.FromSeconds(25));
        await ledger.KeysHold();
        ledger.AgreesWithTheCarrier(one, two);
        Assert.InRange(ledger.In("in_doubt"), 0, 2 * 2);
        Assert.Equal(120, ledger.In("delivered") + ledger.In("sent") + ledger.In("in_doubt"));
    }
}

/// <summary>One after the other: each needs the processors for itself.</summary>
[CollectionDefinition(nameof(Faults), DisableParallelization = true)]
public static class Faults;
