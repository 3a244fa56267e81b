using System.Net;
using System.Net.Http.Json;
using Gateway.DeviceProtocol;

namespace Gateway.Scenarios.Devices;

/// <summary>A node remembers what it committed a moment ago; what another node wrote since must count all the same.</summary>
public class HearingOfAnotherNode(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    [Fact]
    public async Task A_claim_is_refused_when_another_node_stopped_the_message()
    {
        var database = await shared.Cluster.CreateDatabase("another_node_stops");
        await using var near = GatewayHost.On(database, isAlone: false);
        await using var far = GatewayHost.On(database, isAlone: false);
        await using var tenant = await near.NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        var id = await tenant.Send(Alice, "Not this one");
        var lease = await device.Hear<Lease>();

        using var there = far.Client(tenant.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        using var body = JsonContent.Create(new { });
        var stopped = await there.PostAsync(
            new Uri($"/v1/messages/{id}/cancel", UriKind.Relative),
            body,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        await device.Say(new Claim(lease.M, lease.F));

        Assert.Equal(id, (await device.Hear<ClaimNo>()).M);
        Assert.Equal(["message_queued", "message_dispatched", "message_cancelled"], await tenant.Facts(id));
    }
}
