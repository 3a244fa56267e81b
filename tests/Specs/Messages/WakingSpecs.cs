using Gateway.Domain.Messages;
using NodaTime;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class WakingSpecs
{
    [Fact]
    public void A_schedule_comes_due()
    {
        Given(Scheduled).When(m => Message.Wake(m, Soon)).NothingHappens();
        Given(Scheduled)
            .When(m => Message.Wake(m, Evening))
            .Recorded(new MessageReleased(Message.ScheduleHold, Evening));
        Given(Scheduled, new MessageReleased(Message.ScheduleHold, Evening))
            .When(m => Message.Wake(m, Evening))
            .NothingHappens();
    }

    [Fact]
    public void What_waited_beyond_its_validity_expires()
    {
        Given(Queued).When(m => Message.Wake(m, Tomorrow)).Recorded(Expired);
        Given(Queued, Held).When(m => Message.Wake(m, Tomorrow)).Recorded(Expired);
        Given(Queued, Dispatched).When(m => Message.Wake(m, Tomorrow)).Recorded(Expired);
    }

    [Fact]
    public void Nothing_expires_after_a_claim() =>
        Given(Queued with { ExpiresAt = Soon }, Dispatched, Claimed)
            .When(m => Message.Wake(m, Soon))
            .NothingHappens();

    [Fact]
    public void A_lease_lapses_unclaimed()
    {
        Given(Queued, Dispatched).When(m => Message.Wake(m, Soon)).NothingHappens();
        Given(Queued, Dispatched)
            .When(m => Message.Wake(m, Noon + Lease))
            .Recorded(new MessageReturned(1, Phone, MessageReasons.LeaseLapsed, null, Noon + Lease));
    }

    [Fact]
    public void A_claim_without_an_answer_becomes_a_doubt()
    {
        var late = Noon + Message.ClaimPatience;

        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Wake(m, late - Duration.Epsilon))
            .NothingHappens();
        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Wake(m, late))
            .Recorded(new MessageDoubted(1, Phone, MessageReasons.NoAnswer, null, late));
    }

    [Fact]
    public void A_doubt_is_not_resolved_by_time() =>
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Wake(m, Tomorrow + Duration.FromDays(30)))
            .NothingHappens();

    [Fact]
    public void A_finished_message_sleeps()
    {
        foreach (var last in new object[] { Sent, Delivered, Undelivered, Refused })
        {
            Given(Queued, Dispatched, Claimed, last).When(m => Message.Wake(m, Tomorrow)).NothingHappens();
        }

        Given(Queued, Cancelled).When(m => Message.Wake(m, Tomorrow)).NothingHappens();
        Given(Queued, Expired).When(m => Message.Wake(m, Tomorrow)).NothingHappens();
        Given().When(m => Message.Wake(m, Tomorrow)).NothingHappens();
    }
}
