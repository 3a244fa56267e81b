using System.Text.Json;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class CrashingAtAPoint(CrashingAtAPoint.LastingGateway lasting)
    : IClassFixture<CrashingAtAPoint.LastingGateway>
{
    [Theory]
    [InlineData("afterLease", true)]
    [InlineData("afterTaken", true)]
    [InlineData("beforeClaim", true)]
    [InlineData("afterClaim", true)]
    [InlineData("afterIntent", false)]
    [InlineData("afterPrompted", false)]
    [InlineData("afterWriting", false)]
    [InlineData("afterSubmit", false)]
    [InlineData("afterVerdict", false)]
    [InlineData("afterJournal", false)]
    [InlineData("beforeReport", false)]
    public async Task Wherever_a_device_crashes_a_message_goes_out_once_or_is_in_doubt(
        string point,
        bool isSureToBeSent
    )
    {
        var gateway = lasting.Gateway;
        using var agent = await AgentProcess.Pair(gateway, $"{point}-1");
        var scenario = Path.Combine(gateway.Folder, $"{point}.json");
        await File.WriteAllTextAsync(
            scenario,
            JsonSerializer.Serialize(new { crash = new { point, nth = 1 } }),
            TestContext.Current.CancellationToken
        );
        agent.Run(scenario);
        await agent.Online();
        var ledger = new Ledger(gateway, agent.Id);

        await ledger.Send(1);
        await agent.Ended();
        agent.Run();
        await ledger.Settled(reportsWithin: TimeSpan.FromSeconds(5));

        ledger.AgreesWithTheCarrier(agent);
        var left = ledger.In("sent") + ledger.In("delivered");
        Assert.Equal(1, left + ledger.In("in_doubt"));
        Assert.InRange(left, isSureToBeSent ? 1 : 0, 1);
    }

    /// <summary>One gateway for all points; only the devices crash.</summary>
    public sealed class LastingGateway(SharedGateway shared) : IAsyncLifetime
    {
        public GatewayProcess Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Gateway = await GatewayProcess.Start(await shared.Cluster.CreateDatabase("faults_points"));

        public ValueTask DisposeAsync()
        {
            Gateway.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
