using Gateway.Application.Messages;
using Gateway.Domain.Messages;
using NodaTime;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class OutboundWorkSpecs
{
    private static readonly OutboundWorkProjection Projection = new();

    [Fact]
    public void What_is_queued_waits_until_it_expires()
    {
        var work = Work(Queued)!;

        Assert.Equal((WorkStage.Waiting, Ms(Tomorrow)), (work.Stage, work.WakeAt));
        Assert.Equal(("default", 5), (work.Tenant, work.Message.Priority));
    }

    [Fact]
    public void What_is_scheduled_wakes_at_its_time()
    {
        Assert.Equal((WorkStage.Scheduled, Ms(Evening)), StageOf(Scheduled));
        Assert.Equal(
            (WorkStage.Waiting, Ms(Evening + Duration.FromDays(1))),
            StageOf(Scheduled, new MessageReleased(Message.ScheduleHold, Evening))
        );
    }

    [Fact]
    public void What_is_held_waits_for_a_device()
    {
        Assert.Equal((WorkStage.Held, Ms(Tomorrow)), StageOf(Queued, Held));
        Assert.Equal((WorkStage.Waiting, Ms(Tomorrow)), StageOf(Queued, Held, Released));
    }

    [Fact]
    public void What_is_lent_wakes_when_the_lease_lapses()
    {
        var work = Work(Queued, Dispatched)!;

        Assert.Equal((WorkStage.Leased, Ms(Noon + Lease)), (work.Stage, work.WakeAt));
        Assert.Equal((Phone, 1), (work.Device!.Value, work.Fence));
        Assert.Equal(Ms(Soon), Work(Queued with { ExpiresAt = Soon }, Dispatched)!.WakeAt);
    }

    [Fact]
    public void What_came_back_waits_again_on_no_device()
    {
        var work = Work(Queued, Dispatched, Lapsed)!;

        Assert.Equal((WorkStage.Waiting, Ms(Tomorrow)), (work.Stage, work.WakeAt));
        Assert.Null(work.Device);
    }

    [Fact]
    public void What_is_claimed_wakes_when_patience_ends() =>
        Assert.Equal(
            (WorkStage.Claimed, Ms(Noon + Message.ClaimPatience)),
            StageOf(Queued, Dispatched, Claimed)
        );

    [Fact]
    public void What_is_in_doubt_is_not_woken_and_not_forgotten()
    {
        Assert.Equal((WorkStage.InDoubt, long.MaxValue), StageOf(Queued, Dispatched, Claimed, Doubted));
        Assert.Equal(Phone, Work(Queued, Dispatched, Claimed, Doubted)!.Device);
    }

    [Fact]
    public void What_proves_unsent_after_a_doubt_waits_again() =>
        Assert.Equal(
            (WorkStage.Waiting, Ms(Tomorrow)),
            StageOf(
                Queued,
                Dispatched,
                Claimed,
                Doubted,
                new MessageDoubtResolved(1, DoubtAnswers.NotSent, MessageReasons.NotSent, Soon),
                ReturnedUnder(1, Phone, MessageReasons.NotSent)
            )
        );

    [Fact]
    public void What_is_at_rest_is_no_work()
    {
        foreach (var last in new object[] { Sent, Delivered, Undelivered, Refused, Expired, Cancelled })
        {
            Assert.Null(Work(Queued, Dispatched, Claimed, last));
        }

        Assert.Null(
            Work(Queued, Dispatched, Claimed, Doubted, new MessageDoubtResolved(1, "sent", "a person", Soon))
        );
        Assert.Null(Work(Queued, Dispatched, Claimed, Sent, Delivered));
    }

    [Fact]
    public void Other_facts_change_nothing() =>
        Assert.Equal(
            Work(Queued, Dispatched),
            Work(Queued, Dispatched, new MessageReplied(Answer, WithAlice, Soon), "unheard of")
        );

    private static (WorkStage, long) StageOf(params object[] facts) =>
        Work(facts) is { } work ? (work.Stage, work.WakeAt) : throw new InvalidOperationException("No work.");

    private static OutboundWork? Work(params object[] facts) =>
        Folded.Fold<OutboundWork>(Projection.Evolve, MessageId, Folded.Stored(MessageId, facts));

    private static long Ms(Instant instant) => instant.ToUnixTimeMilliseconds();
}
