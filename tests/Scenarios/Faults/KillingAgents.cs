using System.Text.Json;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class KillingAgents(SharedGateway shared)
{
    [Fact]
    public async Task Killed_at_random_moments_they_text_nobody_twice_and_doubt_no_more_than_was_in_flight()
    {
        var connection = await shared.Cluster.CreateDatabase("faults_agents");
        using var gateway = await GatewayProcess.Start(connection);
        using var one = await AgentProcess.Start(gateway, "phone-1", sims: 1);
        using var two = await AgentProcess.Start(gateway, "phone-2", sims: 1);
        var (ledger, random) = (new Ledger(gateway), new Random(20_262));
        const int Kills = 5;

        var sending = ledger.Send(150);
        for (var kill = 0; kill < Kills; kill++)
        {
            var victim = kill % 2 == 0 ? one : two;
            await Task.Delay(random.Next(100, 900), TestContext.Current.CancellationToken);
            await victim.Kill();
            victim.Run();
            await victim.Online();
        }

        await sending;
        await ledger.Settled(reportsWithin: TimeSpan.FromSeconds(25));
        ledger.AgreesWithTheCarrier(one, two);
        Assert.InRange(ledger.In("in_doubt"), 0, Kills);
        // A report that a killed simulator still owed never comes.
        Assert.InRange(ledger.In("sent"), 0, Kills);
        Assert.Equal(150, ledger.In("delivered") + ledger.In("sent") + ledger.In("in_doubt"));
        foreach (var doubted in ledger.MessagesIn("in_doubt"))
        {
            var facts = await gateway.Get($"/v1/messages/{doubted}/events");
            var doubt = facts.EnumerateArray().First(fact => Type(fact) == "message_doubted");
            Assert.NotEqual("", doubt.GetProperty("data").GetProperty("evidence").GetString());
        }
    }

    private static string? Type(JsonElement fact) => fact.GetProperty("type").GetString();
}
