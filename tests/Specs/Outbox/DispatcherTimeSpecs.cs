using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.Specs.Outbox;

public sealed class DispatcherTimeSpecs : IDisposable
{
    private static readonly Guid Message = Device.Message;
    private readonly Device device = new();

    public void Dispose() => device.Dispose();

    [Fact]
    public void A_claim_without_an_answer_is_asked_three_times_and_let_go()
    {
        device.Say(Device.Lease(Message));

        var said = device.Wait(40);

        Assert.Equal(
            [
                new Claim(Message, 1),
                new Claim(Message, 1),
                new Declined(Message, 1, DeclineReason.ClaimUnanswered),
            ],
            said
        );
        Assert.Equal(FactKind.RefusedFence, Assert.IsType<Fact>(device.Say(new ClaimYes(Message, 1))[0]).K);
        Assert.Empty(device.Submitted);
    }

    [Fact]
    public void A_message_that_waits_for_its_turn_is_renewed_and_not_for_ever()
    {
        device.Send(Message);
        device.Say(Device.Lease(Device.Next));

        var said = device.Wait(400);

        Assert.Equal(10, said.OfType<Renew>().Count());
        Assert.Contains(new Declined(Device.Next, 1, DeclineReason.LeaseLapsed), device.End(new Accepted(1)));
    }

    [Fact]
    public void Beyond_its_validity_a_message_is_not_submitted()
    {
        device.Say(Device.Lease(Message) with { ValidForMs = 3_000 });
        device.Wait(4);

        Assert.Contains(device.Say(new ClaimYes(Message, 1)), frame => frame is Fact { K: FactKind.NotSent });
        Assert.Empty(device.Submitted);
    }

    [Fact]
    public void A_restart_with_an_open_intent_is_a_doubt_and_nothing_goes_out_before_it_is_stated()
    {
        device.Send(Message);
        device.Restart();
        device.Say(new Welcome("s2", 1));
        device.Say(Device.Lease(Device.Next));
        Assert.Single(device.Submitted);

        var said = device.Find(Conclusion.Unknown);

        var doubt = said.OfType<Fact>().Single();
        Assert.Equal((FactKind.Doubt, Message, 1), (doubt.K, doubt.M, doubt.F));
        Assert.Equal("intent", doubt.Evidence?.Stage);
        Assert.Contains(new Claim(Device.Next, 1), said);
        Assert.Single(device.Submitted);
    }

    [Fact]
    public void A_restart_with_proof_that_nothing_left_refuses_the_fence_first()
    {
        device.Send(Message);
        device.Restart();
        device.Say(new Welcome("s2", 1));

        var said = device.Find(Conclusion.NotSent).OfType<Fact>();

        Assert.Equal([FactKind.RefusedFence, FactKind.NotSent], said.Select(fact => fact.K));
    }

    [Fact]
    public void A_restart_after_all_parts_were_accepted_settles_the_message()
    {
        device.Send(Message, text: Device.TwoParts, parts: 2);
        device.End(new Accepted(7));
        device.Restart();
        device.Say(new Welcome("s2", 2));

        var said = device.Find(Conclusion.Sent).OfType<Fact>().Single();

        Assert.Equal((FactKind.Settled, SettledResult.Ok), (said.K, said.Result));
    }

    [Fact]
    public void A_report_that_comes_before_its_verdict_finds_its_message()
    {
        device.Send(Message);
        Assert.Empty(device.Hear(Report(7)));

        var said = device.End(new Accepted(7)).OfType<Fact>().ToList();

        Assert.Equal([FactKind.PartAccepted, FactKind.Settled, FactKind.Report], said.Select(fact => fact.K));
        Assert.Equal(Message, said[^1].M);
    }

    [Fact]
    public void A_report_nobody_waits_for_is_passed_on_without_a_message()
    {
        var orphan = device.Hear(Report(9)).OfType<Fact>().Single();

        Assert.Equal((FactKind.Report, null, 9), (orphan.K, orphan.M, orphan.Mr));
    }

    [Fact]
    public void An_inbound_text_that_comes_twice_is_stated_once()
    {
        var text = new InboundArrived(new("k1"), "sim1", "+447700900199", "international", "hi", null);

        Assert.Single(device.Hear(text));
        Assert.Empty(device.Hear(text));
        device.Restart();
        Assert.Empty(device.Hear(text).OfType<Fact>());
    }

    [Fact]
    public void At_most_64_facts_are_on_their_way()
    {
        var first = Enumerable.Range(1, 100).SelectMany(n => device.Hear(Report(n))).OfType<Fact>().ToList();
        Assert.Equal(64, first[^1].N);

        Assert.Equal([65L, 66L], device.Say(new Ack(2)).OfType<Fact>().Select(fact => fact.N));
        Assert.Equal(
            Enumerable.Range(60, 7).Select(n => (long)n),
            device.Say(new Resend(60)).OfType<Fact>().Select(f => f.N)
        );
    }

    [Fact]
    public void After_a_new_connection_everything_unacknowledged_goes_again_and_an_open_claim_is_asked_again()
    {
        device.Say(Device.Lease(Message));
        device.Hear(Report(1));

        var said = device.Say(new Welcome("s2", 1));

        Assert.Contains(new Claim(Message, 1), said);
        Assert.Equal(2, said.OfType<Fact>().Single().N);
    }

    [Fact]
    public void A_lease_is_cancelled_until_it_is_claimed()
    {
        device.Send(Message);
        device.Say(Device.Lease(Device.Next));

        Assert.Empty(device.Say(new Cancel(Message, 1)));
        Assert.Equal(
            [new Declined(Device.Next, 1, DeclineReason.Cancelled)],
            device.Say(new Cancel(Device.Next, 1))
        );
    }

    [Fact]
    public void A_text_the_gateway_counts_otherwise_is_declined() =>
        Assert.Equal(
            [new Declined(Message, 1, DeclineReason.PartsDiffer)],
            device.Say(Device.Lease(Message) with { Parts = 2 })
        );

    [Fact]
    public void Pacing_counts_parts_in_a_rolling_minute()
    {
        using var slow = new Device(partsPerMinute: 2);
        slow.Send(Message, text: Device.TwoParts, parts: 2);
        slow.End(new Accepted(1));
        slow.End(new Accepted(2));
        slow.Say(Device.Lease(Device.Next) with { LeaseMs = 600_000 });

        Assert.Empty(slow.Wait(58).OfType<Claim>());
        Assert.Single(slow.Wait(3).OfType<Claim>());
    }

    private static DeliveryReportArrived Report(int reference) =>
        new("sim1", reference, Device.Alice, 0, null, null, null);
}
