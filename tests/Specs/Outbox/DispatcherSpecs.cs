using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;

namespace Gateway.Specs.Outbox;

public sealed class DispatcherSpecs : IDisposable
{
    private static readonly Guid Message = Device.Message;
    private readonly Device device = new();

    public void Dispose() => device.Dispose();

    [Fact]
    public void Nothing_is_submitted_before_the_gateway_says_yes()
    {
        Assert.Equal([new Taken(Message, 1), new Claim(Message, 1)], device.Say(Device.Lease(Message)));
        Assert.Empty(device.Submitted);

        device.Say(new ClaimYes(Message, 1));

        Assert.Equal(Device.Alice, Assert.Single(device.Submitted).Part.To.Value);
    }

    [Fact]
    public void The_intent_is_on_disk_when_the_part_goes_to_the_radio()
    {
        device.Send(Message);

        Assert.Equal(EntryKind.Intent, device.OnDisk[^1].Kind);
        Assert.DoesNotContain(
            "hello",
            System.Text.Encoding.UTF8.GetString(device.OnDisk[^1].Content.Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_lease_and_a_yes_that_come_twice_submit_once()
    {
        device.Send(Message);
        Assert.Equal([new Taken(Message, 1)], device.Say(Device.Lease(Message)));
        device.Say(new ClaimYes(Message, 1));
        device.End(new Accepted(7));
        device.Say(Device.Lease(Message), new ClaimYes(Message, 1));

        Assert.Single(device.Submitted);
    }

    [Fact]
    public void An_accepted_part_settles_the_message()
    {
        device.Send(Message);

        var said = Facts(device.End(new Accepted(7)));

        Assert.Equal([FactKind.PartAccepted, FactKind.Settled], said.Select(fact => fact.K));
        Assert.Equal((7, 7, SettledResult.Ok), (said[0].Mr, said[1].Mr, said[1].Result));
        Assert.Equal(said[0].N + 1, said[1].N);
    }

    [Fact]
    public void A_lower_fence_is_declined()
    {
        device.Say(Device.Lease(Message, 3));

        Assert.Equal(
            [new Declined(Message, 2, DeclineReason.StaleFence)],
            device.Say(Device.Lease(Message, 2))
        );
    }

    [Fact]
    public void A_yes_to_a_fence_that_is_not_held_promises_never_to_submit_it()
    {
        Assert.Equal([FactKind.RefusedFence, FactKind.NotSent], Kinds(device.Say(new ClaimYes(Message, 1))));
        Assert.Equal(
            [new Declined(Message, 1, DeclineReason.RefusedFence)],
            device.Say(Device.Lease(Message))
        );
    }

    [Fact]
    public void A_query_about_something_unknown_refuses_its_fence_first_and_a_late_yes_is_ignored()
    {
        Assert.Equal([FactKind.RefusedFence, FactKind.NotSent], Kinds(device.Say(new Query(Message, 2))));
        Assert.Equal(2, device.Memory.Of(Message).RefusedFence);

        Assert.Empty(device.Say(new ClaimYes(Message, 2)));
        device.Restart();
        device.Say(new Welcome("s2", 3));
        Assert.Empty(device.Say(new ClaimYes(Message, 2)));
        Assert.Equal(
            [new Declined(Message, 1, DeclineReason.RefusedFence)],
            device.Say(Device.Lease(Message))
        );
        Assert.Empty(device.Submitted);
    }

    [Fact]
    public void A_query_about_a_message_waiting_for_its_yes_drops_it_for_good()
    {
        device.Say(Device.Lease(Message));

        Assert.Equal([FactKind.RefusedFence, FactKind.NotSent], Kinds(device.Say(new Query(Message, 1))));
        device.Say(new ClaimYes(Message, 1));
        Assert.Empty(device.Submitted);
    }

    [Fact]
    public void A_query_about_a_settled_message_says_it_again()
    {
        device.Send(Message);
        device.End(new Accepted(7));

        Assert.Equal(SettledResult.Ok, Facts(device.Say(new Query(Message, 1))).Single().Result);
    }

    [Fact]
    public void The_parts_of_a_text_go_one_after_another_and_share_a_reference()
    {
        device.Send(Message, text: Device.TwoParts, parts: 2);
        Assert.Single(device.Submitted);
        Assert.Equal([FactKind.PartAccepted], Kinds(device.End(new Accepted(7))));
        Assert.Equal(SettledResult.Ok, Facts(device.End(new Accepted(8)))[^1].Result);

        Assert.Equal([(1, 1), (2, 1)], device.Submitted.Select(s => (s.Part.Part, s.Part.Reference)));
        Assert.Equal(Device.TwoParts, string.Concat(device.Submitted.Select(s => s.Part.Text)));
    }

    [Fact]
    public void A_part_nobody_knows_about_stops_the_rest()
    {
        device.Send(Message, text: Device.TwoParts, parts: 2);

        var settled = Facts(device.End(new Unknown("The radio gave no answer."))).Single();

        Assert.Equal((FactKind.Settled, SettledResult.Uncertain), (settled.K, settled.Result));
        Assert.Equal("The radio gave no answer.", settled.Evidence?.Why);
        Assert.Single(device.Submitted);
    }

    [Fact]
    public void A_later_part_refused_says_which_one()
    {
        device.Send(Message, text: Device.TwoParts, parts: 2);
        device.End(new Accepted(7));

        var settled = Facts(device.End(new Refused(FailureClass.Temporary, 38, null)))[^1];

        Assert.Equal(
            (SettledResult.Refused, 2, 2, 38),
            (settled.Result, settled.Part, settled.Of, settled.Code)
        );
    }

    [Fact]
    public void Only_one_message_is_in_flight_on_a_SIM()
    {
        device.Send(Message);
        Assert.Equal([new Taken(Device.Next, 1)], device.Say(Device.Lease(Device.Next)));

        Assert.Contains(new Claim(Device.Next, 1), device.End(new Accepted(7)));
    }

    [Fact]
    public void A_third_lease_finds_no_place()
    {
        device.Say(Device.Lease(Message), Device.Lease(Device.Next));
        var third = Guid.Parse("01912d68-783e-7a03-8467-5661c1243ad6");

        Assert.Equal([new Declined(third, 1, DeclineReason.NoPlace)], device.Say(Device.Lease(third)));
    }

    [Fact]
    public void A_sent_message_is_sent_again_only_by_decision()
    {
        device.Send(Message);
        device.End(new Unknown("?"));

        Assert.Equal(
            [new Declined(Message, 2, DeclineReason.IntentExists)],
            device.Say(Device.Lease(Message, 2))
        );
        Assert.Contains(new Taken(Message, 3), device.Say(Device.Lease(Message, 3) with { ResendOf = 1 }));
        device.Say(new ClaimYes(Message, 3));
        Assert.True(device.Submitted[^1].Part.Repeat);
    }

    [Fact]
    public void A_message_that_never_left_may_come_again()
    {
        device.Send(Message);
        device.End(new NeverLeft(FailureClass.Radio, 331, null));

        Assert.Contains(new Taken(Message, 2), device.Say(Device.Lease(Message, 2)));
    }

    private static List<Fact> Facts(IEnumerable<UpFrame> frames) => [.. frames.OfType<Fact>()];

    private static IEnumerable<string> Kinds(IEnumerable<UpFrame> frames) =>
        Facts(frames).Select(fact => fact.K);
}
