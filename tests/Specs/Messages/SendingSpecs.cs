using Gateway.Domain.Messages;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class SendingSpecs
{
    [Fact]
    public void A_waiting_message_is_lent_to_a_device() =>
        Given(Queued).When(m => Message.Dispatch(m, Choice, Lease, Noon)).Recorded(Dispatched);

    [Fact]
    public void What_is_lent_is_not_lent_again() =>
        Given(Queued, Dispatched).When(m => Message.Dispatch(m, Choice, Lease, Soon)).NothingHappens();

    [Fact]
    public void Only_a_waiting_message_is_lent()
    {
        Given().When(m => Message.Dispatch(m, Choice, Lease, Noon)).NothingHappens();
        Given(Scheduled).When(m => Message.Dispatch(m, Choice, Lease, Noon)).NothingHappens();
        Given(Queued, Held).When(m => Message.Dispatch(m, Choice, Lease, Noon)).NothingHappens();
        Given(Queued, Cancelled).When(m => Message.Dispatch(m, Choice, Lease, Noon)).NothingHappens();
        Given(Queued).When(m => Message.Dispatch(m, Choice, Lease, Tomorrow)).NothingHappens();
    }

    [Fact]
    public void The_next_device_gets_a_higher_fence() =>
        Given(Queued, Dispatched, Lapsed)
            .When(m => Message.Dispatch(m, Choice with { DeviceId = OtherPhone }, Lease, Noon))
            .Recorded(DispatchedUnder(2, OtherPhone));

    [Fact]
    public void The_holder_may_submit() =>
        Given(Queued, Dispatched).When(m => Message.Claim(m, 1, Phone, false, Noon)).Recorded(Claimed);

    [Fact]
    public void A_claim_asked_twice_gets_the_same_yes() =>
        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Claim(m, 1, Phone, false, Tomorrow))
            .NothingHappens();

    [Fact]
    public void An_old_fence_may_not_submit() =>
        Given(Queued, Dispatched, Lapsed, DispatchedUnder(2, OtherPhone))
            .When(m => Message.Claim(m, 1, Phone, false, Soon))
            .Refused(new ClaimIsRefused("stale"));

    [Fact]
    public void Another_device_may_not_submit() =>
        Given(Queued, Dispatched)
            .When(m => Message.Claim(m, 1, OtherPhone, false, Soon))
            .Refused(new ClaimIsRefused("stale"));

    [Fact]
    public void Nobody_submits_an_unknown_or_unlent_message()
    {
        Given().When(m => Message.Claim(m, 1, Phone, false, Soon)).Refused(new ClaimIsRefused("stale"));
        Given(Queued).When(m => Message.Claim(m, 1, Phone, false, Soon)).Refused(new ClaimIsRefused("stale"));
        Given(Queued, Dispatched, Lapsed)
            .When(m => Message.Claim(m, 1, Phone, false, Soon))
            .Refused(new ClaimIsRefused("stale"));
    }

    [Fact]
    public void A_text_that_a_former_holder_sent_is_not_submitted_again() =>
        Given(Queued, Dispatched, Lapsed, DispatchedUnder(2, OtherPhone), Sent)
            .When(m => Message.Claim(m, 2, OtherPhone, false, Soon))
            .Refused(new ClaimIsRefused("stale"));

    [Fact]
    public void A_doubted_or_settled_attempt_may_not_submit_again()
    {
        foreach (var last in new object[] { Doubted, Sent, Refused, Delivered })
        {
            Given(Queued, Dispatched, Claimed, last)
                .When(m => Message.Claim(m, 1, Phone, false, Soon))
                .Refused(new ClaimIsRefused("stale"));
        }
    }

    [Fact]
    public void A_cancelled_message_may_not_be_submitted() =>
        Given(Queued, Dispatched, Cancelled)
            .When(m => Message.Claim(m, 1, Phone, false, Soon))
            .Refused(new ClaimIsRefused("cancelled"));

    [Fact]
    public void An_expired_message_may_not_be_submitted()
    {
        Given(Queued, Dispatched, Expired)
            .When(m => Message.Claim(m, 1, Phone, false, Tomorrow))
            .Refused(new ClaimIsRefused("expired"));
        Given(Queued, Dispatched)
            .When(m => Message.Claim(m, 1, Phone, false, Tomorrow))
            .Refused(new ClaimIsRefused("expired"), Expired);
    }

    [Fact]
    public void A_recipient_who_opted_out_meanwhile_gets_nothing() =>
        Given(Queued, Dispatched)
            .When(m => Message.Claim(m, 1, Phone, true, Soon))
            .Refused(new ClaimIsRefused("optedOut"), new MessageFailed(1, Phone, "opted_out", null, 0, Soon));

    [Fact]
    public void A_declined_message_goes_back() =>
        Given(Queued, Dispatched)
            .When(m => Message.GiveBack(m, 1, Phone, MessageReasons.Declined, "busy", Soon))
            .Recorded(new MessageReturned(1, Phone, MessageReasons.Declined, "busy", Soon));

    [Fact]
    public void It_goes_back_once() =>
        Given(Queued, Dispatched, Lapsed)
            .When(m => Message.GiveBack(m, 1, Phone, MessageReasons.Declined, null, Soon))
            .NothingHappens();

    [Fact]
    public void Nobody_gives_back_what_another_holds()
    {
        Given()
            .When(m => Message.GiveBack(m, 1, Phone, MessageReasons.Declined, null, Soon))
            .NothingHappens();
        Given(Queued, Dispatched)
            .When(m => Message.GiveBack(m, 1, OtherPhone, MessageReasons.Declined, null, Soon))
            .NothingHappens();
    }

    [Fact]
    public void After_a_claim_only_the_devices_own_word_gives_it_back()
    {
        foreach (var reason in new[] { MessageReasons.LeaseLapsed, MessageReasons.Declined })
        {
            Given(Queued, Dispatched, Claimed)
                .When(m => Message.GiveBack(m, 1, Phone, reason, null, Soon))
                .NothingHappens();
            Given(Queued, Dispatched, Doubted)
                .When(m => Message.GiveBack(m, 1, Phone, reason, null, Soon))
                .NothingHappens();
        }

        Given(Queued, Dispatched, Claimed)
            .When(m => Message.GiveBack(m, 1, Phone, MessageReasons.NotSent, null, Soon))
            .Recorded(ReturnedUnder(1, Phone, MessageReasons.NotSent));
    }

    [Fact]
    public void The_devices_word_that_nothing_left_settles_a_doubt() =>
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.GiveBack(m, 1, Phone, MessageReasons.NotSent, null, Soon))
            .Recorded(
                new MessageDoubtResolved(1, DoubtAnswers.NotSent, MessageReasons.NotSent, Soon),
                ReturnedUnder(1, Phone, MessageReasons.NotSent)
            );

    [Fact]
    public void A_wish_to_cancel_is_fulfilled_when_nothing_left() =>
        Given(Queued, Dispatched, Claimed, new MessageCancelRequested(Soon))
            .When(m => Message.GiveBack(m, 1, Phone, MessageReasons.NeverLeft, null, Soon))
            .Recorded(ReturnedUnder(1, Phone, MessageReasons.NeverLeft), Cancelled);

    [Fact]
    public void The_fifth_attempt_that_never_left_fails_the_message() =>
        Given([Queued, .. FourFruitless, DispatchedUnder(5, Phone), ClaimedUnder(5, Phone)])
            .When(m => Message.GiveBack(m, 5, Phone, MessageReasons.NeverLeft, null, Soon))
            .Recorded(
                ReturnedUnder(5, Phone, MessageReasons.NeverLeft),
                new MessageFailed(5, null, MessageReasons.TriesExhausted, null, 0, Soon)
            );

    [Fact]
    public void The_fifth_fails_it_even_when_it_was_in_doubt() =>
        Given([
                Queued,
                .. FourFruitless,
                DispatchedUnder(5, Phone),
                ClaimedUnder(5, Phone),
                Doubted with
                {
                    Fence = 5,
                },
            ])
            .When(m => Message.GiveBack(m, 5, Phone, MessageReasons.NeverLeft, null, Soon))
            .Recorded(
                new MessageDoubtResolved(5, DoubtAnswers.NotSent, MessageReasons.NeverLeft, Soon),
                ReturnedUnder(5, Phone, MessageReasons.NeverLeft),
                new MessageFailed(5, null, MessageReasons.TriesExhausted, null, 0, Soon)
            );

    [Fact]
    public void A_device_holds_what_it_was_lent_until_it_is_settled_or_stopped()
    {
        Assert.True(Message.IsHeldBy(Known(Queued, Dispatched), 1, Phone));
        Assert.True(Message.IsHeldBy(Known(Queued, Dispatched, Claimed), 1, Phone));
        Assert.False(Message.IsHeldBy(Known(Queued, Dispatched), 1, OtherPhone));
        Assert.False(Message.IsHeldBy(Known(Queued, Dispatched), 2, Phone));
        Assert.False(Message.IsHeldBy(Known(Queued, Dispatched, Cancelled), 1, Phone));
        Assert.False(Message.IsHeldBy(Known(Queued, Dispatched, Lapsed), 1, Phone));
        Assert.False(Message.IsHeldBy(null, 1, Phone));
    }

    private static IEnumerable<object> FourFruitless =>
        Enumerable
            .Range(1, Message.MostFruitlessAttempts - 1)
            .SelectMany(fence =>
                new object[]
                {
                    DispatchedUnder(fence, Phone),
                    ClaimedUnder(fence, Phone),
                    ReturnedUnder(fence, Phone, MessageReasons.NeverLeft),
                }
            );
}
