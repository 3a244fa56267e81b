using Gateway.DeviceProtocol;

namespace Gateway.Scenarios.Devices;

/// <summary>What a device has on hand is counted beside the streams; the count must follow them.</summary>
public class KeepingPlaces(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    [Fact]
    public async Task A_lapsed_lease_frees_the_place_of_a_device_that_says_nothing()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "lapsing");
        await using var tenant = await host.NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect(places: 1);
        var id = await tenant.Send(Alice, "Never claimed");
        var lease = await device.Hear<Lease>();

        host.Time.Move(TimeSpan.FromSeconds(61));
        var again = await device.Hear<Lease>(next => next.M == id);

        Assert.Equal(lease.F + 1, again.F);
    }

    [Fact]
    public async Task A_cancelled_message_frees_the_place_of_a_device_that_says_nothing()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect(places: 1);
        var cancelled = await tenant.Send(Alice, "Not this one");
        await device.Hear<Lease>();
        var next = await tenant.Send(Alice, "But this one");

        await tenant.Post($"/v1/messages/{cancelled}/cancel", new { }, System.Net.HttpStatusCode.NoContent);

        Assert.Equal(next, (await device.Hear<Lease>()).M);
    }

    [Fact]
    public async Task What_was_in_doubt_goes_out_again_when_its_device_knows_that_it_never_left()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect(places: 1);
        var id = await tenant.Send(Alice, "Hello");
        var lease = await device.ClaimNext();
        await device.Say(new Fact(1, At, 0, FactKind.Doubt, M: lease.M, F: lease.F, Text: "Not known."));
        await device.Hear<Ack>(ack => ack.N == 1);
        await tenant.Until(id, "in_doubt");

        await device.Say(new Fact(2, At, 0, FactKind.NotSent, M: lease.M, F: lease.F));
        var again = await device.Hear<Lease>();

        Assert.Equal((id, lease.F + 1), (again.M, again.F));
        Assert.Contains("message_doubt_resolved", await tenant.Facts(id));
    }

    [Fact]
    public async Task A_device_that_comes_back_is_asked_about_what_is_in_doubt()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        var id = await tenant.Send(Alice, "Hello");
        var lease = await device.ClaimNext();
        await device.Say(new Fact(1, At, 0, FactKind.Doubt, M: lease.M, F: lease.F, Text: "Not known."));
        await tenant.Until(id, "in_doubt");
        device.Vanish();

        await device.Connect(lastN: 1);
        var query = await device.Hear<Query>();

        Assert.Equal((lease.M, lease.F), (query.M, query.F));
    }

    [Fact]
    public async Task A_device_that_names_one_message_twice_is_served_all_the_same()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        var twice = new Hold(Guid.NewGuid(), 1, HoldState.Taken);

        await device.Connect(0, 2, "boot-1", twice, twice);

        Assert.Equal(twice.M, (await device.Hear<Cancel>()).M);
    }

    private static long At => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
