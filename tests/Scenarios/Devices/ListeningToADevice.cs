using Gateway.DeviceProtocol;

namespace Gateway.Scenarios.Devices;

/// <summary>What the gateway makes of a device that repeats, skips, lies or vanishes.</summary>
public class ListeningToADevice(SharedGateway shared)
{
    private const string Alice = "+447700900123";
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_repeated_fact_is_acknowledged_and_not_stored_again()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        var id = await tenant.Send(Alice, "Hello");
        var lease = await device.ClaimNext();

        await device.Say(Sent(1, lease), Sent(1, lease));
        await device.Hear<Ack>(ack => ack.N == 1);
        await device.Say(Sent(1, lease), Delivered(2, lease));
        await device.Hear<Ack>(ack => ack.N == 2);

        await tenant.Until(id, "delivered");
        Assert.Single(await tenant.Facts(id), fact => fact == "message_sent");
    }

    [Fact]
    public async Task A_skipped_number_is_asked_for_and_nothing_is_taken_out_of_order()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        var id = await tenant.Send(Alice, "Hello");
        var lease = await device.ClaimNext();

        await device.Say(Delivered(2, lease));
        var resend = await device.Hear<Resend>();
        Assert.DoesNotContain("message_delivered", await tenant.Facts(id));
        await device.Say(Sent(1, lease), Delivered(2, lease));
        await device.Hear<Ack>(ack => ack.N == 2);

        Assert.Equal(1, resend.From);
        await tenant.Until(id, "delivered");
    }

    [Fact]
    public async Task A_fence_that_was_never_given_is_refused()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        await tenant.Send(Alice, "Hello");
        var lease = await device.Hear<Lease>();

        await device.Say(new Claim(lease.M, lease.F + 1));
        var higher = await device.Hear<ClaimNo>();
        await device.Say(new Claim(lease.M, lease.F - 1));
        var lower = await device.Hear<ClaimNo>();

        Assert.Equal(ClaimNoReason.Stale, higher.Reason);
        Assert.Equal(ClaimNoReason.Stale, lower.Reason);
        Assert.DoesNotContain("message_claimed", await tenant.Facts(lease.M));
    }

    [Fact]
    public async Task Facts_about_a_message_that_it_was_never_given_change_nothing()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var owner = await RawDevice.Pair(tenant);
        await owner.Connect();
        var id = await tenant.Send(Alice, "Hello");
        var lease = await owner.ClaimNext();
        await using var stranger = await RawDevice.Pair(tenant);
        await stranger.Connect(places: 0);

        await stranger.Say(Delivered(1, lease));
        await stranger.Hear<Ack>(ack => ack.N == 1);

        Assert.DoesNotContain("message_delivered", await tenant.Facts(id));
    }

    [Fact]
    public async Task A_declined_lease_goes_out_again_with_a_higher_fence()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        await tenant.Send(Alice, "Hello");
        var first = await device.Hear<Lease>();

        await device.Say(new Declined(first.M, first.F, "busy"));
        var second = await device.Hear<Lease>(lease => lease.M == first.M);

        Assert.Equal(first.F + 1, second.F);
    }

    [Fact]
    public async Task After_a_lost_link_the_lease_is_said_again_and_the_claim_is_asked_about()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect(places: 1);
        await tenant.Send(Alice, "Leased");
        var leased = await device.Hear<Lease>();
        device.Vanish();

        await device.Connect(places: 1);
        var again = await device.Hear<Lease>(lease => lease.M == leased.M);
        await device.Say(new Claim(again.M, again.F));
        await device.Hear<ClaimYes>();
        device.Vanish();
        await device.Connect(places: 1);
        var query = await device.Hear<Query>();

        Assert.Equal(leased.F, again.F);
        Assert.Equal((leased.M, leased.F), (query.M, query.F));
    }

    [Fact]
    public async Task What_it_claims_not_to_have_sent_is_given_out_again_only_after_its_word()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        var id = await tenant.Send(Alice, "Hello");
        var lease = await device.ClaimNext();
        device.Vanish();
        await device.Connect();
        await device.Hear<Query>();

        await device.Say(
            new Fact(1, At, 0, FactKind.RefusedFence, M: lease.M, F: lease.F),
            NotSent(2, lease)
        );
        var second = await device.Hear<Lease>(next => next.M == lease.M);

        Assert.Equal(lease.F + 1, second.F);
        Assert.Contains("message_returned", await tenant.Facts(id));
    }

    [Fact]
    public async Task A_wrong_proof_a_younger_journal_and_a_second_link_are_turned_away()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();
        var id = await tenant.Send(Alice, "Hello");
        await device.Say(Sent(1, await device.ClaimNext()));
        await device.Hear<Ack>(ack => ack.N == 1);
        await tenant.Until(id, "sent");

        await device.Dial();
        await device.Say(
            new Hello(
                device.Place.Device,
                device.Place.Epoch,
                "b",
                "1",
                "wrong",
                1,
                [],
                [],
                new Dictionary<string, int>()
            )
        );
        Assert.Equal(4401, await device.Closed());

        await Assert.ThrowsAnyAsync<Exception>(() => device.Connect(lastN: 0, boot: "restored"));
        Assert.Equal(4410, await device.Closed());
        var refused = await tenant.Get($"/v1/devices/{device.Place.Device}");
        Assert.Equal("quarantined", refused.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_same_text_uploaded_twice_is_one_message()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        await device.Connect();

        await device.Say(Inbound(1), Inbound(2));
        await device.Hear<Ack>(ack => ack.N == 2);

        var received = await tenant.Get("/v1/audit?type=inbound_message_received");
        Assert.Single(received.GetProperty("items").EnumerateArray());
    }

    private static long At => Now.ToUnixTimeMilliseconds();

    private static Fact Sent(long n, Lease lease) =>
        new(n, At, 0, FactKind.Settled, M: lease.M, F: lease.F, Sim: "sim1", Result: SettledResult.Ok);

    private static Fact Delivered(long n, Lease lease) =>
        new(n, At, 0, FactKind.Report, M: lease.M, F: lease.F, Sim: "sim1", Status: 0, To: lease.To);

    private static Fact NotSent(long n, Lease lease) =>
        new(n, At, 0, FactKind.NotSent, M: lease.M, F: lease.F);

    private static Fact Inbound(long n) =>
        new(
            n,
            At,
            0,
            FactKind.Inbound,
            Sim: "sim1",
            Key: "the-same",
            From: Alice,
            FromType: "international",
            Text: "Hello \0 there",
            Parts: 1
        );
}
