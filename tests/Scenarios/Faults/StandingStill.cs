using System.Net.Http.Json;
using System.Text.Json;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Gateway.Scenarios.Faults;

[Collection(nameof(Faults))]
public class StandingStill(SharedGateway shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task A_view_that_stands_still_while_events_wait_is_told_until_it_moves_again()
    {
        var settings = new Dictionary<string, string> { ["Gateway:SecondsUntilStalled"] = "2" };
        await using var gateway = await GatewayHost.Start(shared.Cluster, "faults_stall", settings);
        await gateway.NewTenant();
        await Eventually.True(async () => await Says(gateway, "healthy", "0 events"), Patience, "views");

        await using (var data = gateway.Services.GetRequiredService<NpgsqlDataSource>().CreateConnection())
        {
            await data.OpenAsync(TestContext.Current.CancellationToken);
            await using var holding = await data.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand(
                "select from gateway.mt_event_progression where name = 'Views:All' for update",
                data
            );
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await gateway.NewTenant();
            await Eventually.True(
                async () => await Says(gateway, "degraded", "Views:All has not moved for"),
                Patience,
                "a view that is told to stand still"
            );
        }

        await Eventually.True(async () => await Says(gateway, "healthy", "0 events"), Patience, "views");
    }

    [Fact]
    public async Task What_stopped_because_its_read_was_cancelled_is_started_again()
    {
        await using var gateway = await GatewayHost.Start(shared.Cluster, "faults_cancel", isAlone: false);
        await gateway.NewTenant();
        await Eventually.True(async () => await Says(gateway, "healthy", "0 events"), Patience, "views");
        var daemons = await gateway.Services.GetRequiredService<IProjectionCoordinator>().AllDaemonsAsync();
        var readers = daemons.Single().CurrentAgents();

        foreach (var reader in readers)
        {
            await reader.ReportCriticalFailureAsync(new TaskCanceledException());
        }

        Assert.Equal(3, readers.Count);
        await gateway.NewTenant();
        await Eventually.True(
            async () => await Says(gateway, "healthy", "0 events"),
            Patience,
            "views and webhooks that go on"
        );
    }

    private static async Task<bool> Says(GatewayHost gateway, string status, string detail)
    {
        using var client = gateway.Client(null);
        var ready = await client.GetFromJsonAsync<JsonElement>("/health/ready");
        return ready.GetProperty("status").GetString() == status
            && ready.ViewsDetail()!.Contains(detail, StringComparison.Ordinal);
    }
}
