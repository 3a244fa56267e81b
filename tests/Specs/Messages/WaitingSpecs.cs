using Gateway.Domain.Messages;
using NodaTime;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class WaitingSpecs
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public void An_order_is_accepted() => Given().When(m => Message.Queue(m, Queued)).Recorded(Queued);

    [Fact]
    public void The_same_order_twice_is_one_message() =>
        Given(Queued)
            .When(m =>
                Message.Queue(m, Queued with { Tags = ["greeting"], At = Soon, ExpiresAt = Later(Soon) })
            )
            .NothingHappens();

    [Fact]
    public void A_scheduled_order_repeated_later_is_one_message() =>
        Given(Scheduled).When(m => Message.Queue(m, Scheduled with { At = Soon })).NothingHappens();

    [Fact]
    public void A_scheduled_order_repeated_after_its_time_is_one_message() =>
        Given(Scheduled)
            .When(m =>
                Message.Queue(
                    m,
                    Scheduled with
                    {
                        SendAt = null,
                        At = Evening + Hour,
                        ExpiresAt = Later(Evening + Hour),
                    }
                )
            )
            .NothingHappens();

    [Fact]
    public void Another_schedule_under_the_same_id_is_refused() =>
        Given(Scheduled)
            .When(m =>
                Message.Queue(
                    m,
                    Scheduled with
                    {
                        SendAt = Evening + Hour,
                        ExpiresAt = Later(Evening + Hour),
                    }
                )
            )
            .Refused(new IdempotencyKeyIsUsed());

    [Fact]
    public void Another_text_under_the_same_id_is_refused() =>
        Given(Queued)
            .When(m => Message.Queue(m, Queued with { Text = "Goodbye" }))
            .Refused(new IdempotencyKeyIsUsed());

    [Fact]
    public void Other_tags_under_the_same_id_are_refused() =>
        Given(Queued)
            .When(m => Message.Queue(m, Queued with { Tags = ["farewell"] }))
            .Refused(new IdempotencyKeyIsUsed());

    [Fact]
    public void Another_validity_under_the_same_id_is_refused() =>
        Given(Queued)
            .When(m => Message.Queue(m, Queued with { ExpiresAt = Noon + Hour }))
            .Refused(new IdempotencyKeyIsUsed());

    [Fact]
    public void A_message_nobody_can_carry_is_held() =>
        Given(Queued)
            .When(m => Message.Hold(m, MessageReasons.NoDeviceOnline, NoRouting, Noon))
            .Recorded(Held);

    [Fact]
    public void A_held_message_is_not_held_again() =>
        Given(Queued, Held)
            .When(m => Message.Hold(m, MessageReasons.NoDeviceOnline, NoRouting, Soon))
            .NothingHappens();

    [Fact]
    public void A_held_message_is_released_when_a_device_can_carry_it() =>
        Given(Queued, Held).When(m => Message.Release(m, Soon)).Recorded(Released);

    [Fact]
    public void A_second_hold_has_a_number_of_its_own() =>
        Given(Queued, Held, Released)
            .When(m => Message.Hold(m, MessageReasons.NoHealthySim, NoRouting, Soon))
            .Recorded(new MessageHeld(2, MessageReasons.NoHealthySim, NoRouting, Soon));

    [Fact]
    public void Only_a_held_message_is_released()
    {
        Given().When(m => Message.Release(m, Soon)).NothingHappens();
        Given(Queued).When(m => Message.Release(m, Soon)).NothingHappens();
        Given(Scheduled).When(m => Message.Release(m, Soon)).NothingHappens();
        Given(Queued, Held, Cancelled).When(m => Message.Release(m, Soon)).NothingHappens();
    }

    [Fact]
    public void A_waiting_message_is_stopped_for_certain()
    {
        Given(Queued).When(m => Message.Cancel(m, Soon)).Recorded(Cancelled);
        Given(Scheduled).When(m => Message.Cancel(m, Soon)).Recorded(Cancelled);
        Given(Queued, Held).When(m => Message.Cancel(m, Soon)).Recorded(Cancelled);
        Given(Queued, Dispatched).When(m => Message.Cancel(m, Soon)).Recorded(Cancelled);
    }

    [Fact]
    public void A_stopped_message_is_stopped_once() =>
        Given(Queued, Cancelled).When(m => Message.Cancel(m, Soon)).NothingHappens();

    [Fact]
    public void An_unknown_message_cannot_be_stopped() =>
        Given().When(m => Message.Cancel(m, Soon)).Refused(new MessageIsUnknown());

    [Fact]
    public void After_the_claim_only_the_wish_to_stop_is_recorded()
    {
        var wish = new MessageCancelRequested(Soon);

        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Cancel(m, Soon))
            .Refused(new MessageHasLeft(), wish);
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Cancel(m, Soon))
            .Refused(new MessageHasLeft(), wish);
        Given(Queued, Dispatched, Claimed, wish)
            .When(m => Message.Cancel(m, Soon))
            .Refused(new MessageHasLeft());
    }

    [Fact]
    public void A_finished_message_cannot_be_stopped()
    {
        foreach (var last in new object[] { Sent, Delivered, Undelivered, Refused })
        {
            Given(Queued, Dispatched, Claimed, last)
                .When(m => Message.Cancel(m, Soon))
                .Refused(new MessageIsFinished());
        }

        Given(Queued, Expired).When(m => Message.Cancel(m, Soon)).Refused(new MessageIsFinished());
    }

    [Fact]
    public void An_answer_is_noted_once()
    {
        var replied = new MessageReplied(Answer, WithAlice, Soon);

        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Reply(m, Answer, WithAlice, Soon))
            .Recorded(replied);
        Given(Queued, replied).When(m => Message.Reply(m, Answer, WithAlice, Soon)).NothingHappens();
        Given().When(m => Message.Reply(m, Answer, WithAlice, Soon)).NothingHappens();
    }

    private static Instant Later(Instant from) => from + Duration.FromDays(1);
}
