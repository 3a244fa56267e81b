using Gateway.DeviceProtocol;
using Gateway.Scenarios.Devices;

namespace Gateway.Scenarios.Messages;

/// <summary>What time alone brings about. Each scenario moves the clock, so each has a host of its own.</summary>
public class WaitingForTime(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    [Fact]
    public async Task A_scheduled_text_waits_for_its_time_and_then_goes()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "scheduled");
        await using var tenant = await host.NewTenant();
        await tenant.Connect();

        var id = await tenant.Send(
            Alice,
            "Later",
            new { sendAt = DateTimeOffset.UtcNow.AddHours(1).ToString("O") }
        );
        await tenant.Until(id, "scheduled");
        host.Time.Move(TimeSpan.FromHours(1));
        await tenant.Until(id, "delivered");

        Assert.Equal(
            ["message_queued", "message_released", "message_dispatched"],
            (await tenant.Facts(id)).Take(3)
        );
    }

    [Fact]
    public async Task What_nobody_claimed_in_time_expires()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "expiring");
        await using var tenant = await host.NewTenant();

        var id = await tenant.Send(Alice, "Soon or never", new { validFor = 60 });
        await tenant.Until(id, "held");
        host.Time.Move(TimeSpan.FromSeconds(61));
        await tenant.Until(id, "expired");
        await tenant.Connect();
        var other = await tenant.Send(Alice, "Now");
        await tenant.Until(other, "delivered");

        Assert.DoesNotContain("message_dispatched", await tenant.Facts(id));
    }

    [Fact]
    public async Task A_lapsed_lease_goes_to_another_device_and_a_claimed_one_never_by_itself()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "lapsing");
        await using var tenant = await host.NewTenant();
        await using var silent = await RawDevice.Pair(tenant);
        await silent.Connect(places: 2);
        var leased = await tenant.Send(Alice, "Leased");
        await silent.Hear<Lease>(lease => lease.M == leased);
        var claimed = await tenant.Send(Alice, "Claimed");
        await silent.ClaimNext();
        silent.Vanish();

        await using var other = await RawDevice.Pair(tenant);
        await other.Connect(places: 5);
        host.Time.Move(TimeSpan.FromSeconds(61));
        var second = await other.Hear<Lease>();
        Assert.Equal((leased, 2), (second.M, second.F));

        host.Time.Move(TimeSpan.FromMinutes(6));
        await tenant.Until(claimed, "in_doubt");
        Assert.Single(await tenant.Facts(claimed), fact => fact == "message_dispatched");
    }
}
