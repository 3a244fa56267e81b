using Gateway.Domain.Messages;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages.Outcomes;

public class PrecedenceSpecs
{
    /// <summary>The words of one attempt, the strongest first.</summary>
    private static readonly (MessageEvent Fact, MessageStatus Status)[] Ladder =
    [
        (Delivered, MessageStatus.Delivered),
        (Undelivered, MessageStatus.Undelivered),
        (Sent, MessageStatus.Sent),
        (Refused, MessageStatus.Failed),
        (Doubted, MessageStatus.InDoubt),
        (Claimed, MessageStatus.Sending),
        (Dispatched, MessageStatus.Dispatched),
        (Queued, MessageStatus.Queued),
    ];

    [Fact]
    public void Of_two_facts_the_stronger_one_decides_in_either_order()
    {
        foreach (var (place, stronger) in Ladder.Index())
        {
            foreach (var weaker in Ladder.Skip(place + 1).Where(rung => rung.Fact is not MessageDispatched))
            {
                Assert.Equal(stronger.Status, Known(Queued, Dispatched, weaker.Fact, stronger.Fact).Status);
                Assert.Equal(stronger.Status, Known(Queued, Dispatched, stronger.Fact, weaker.Fact).Status);
            }
        }
    }

    [Fact]
    public void Silence_is_a_wait()
    {
        Assert.Equal(MessageStatus.Queued, Known(Queued).Status);
        Assert.Equal(MessageStatus.Scheduled, Known(Scheduled).Status);
        Assert.Equal(MessageStatus.Held, Known(Queued, Held).Status);
        Assert.Equal(MessageStatus.Queued, Known(Queued, Held, Released).Status);
        Assert.Equal(MessageStatus.Dispatched, Known(Queued, Dispatched).Status);
        Assert.Equal(MessageStatus.Queued, Known(Queued, Dispatched, Lapsed).Status);
    }

    [Fact]
    public void A_text_that_goes_its_way_bears_no_mark()
    {
        Assert.Equal(MessageMarkers.None, Known(Queued, Dispatched, Claimed, Sent, Delivered).Markers);
        Assert.Equal(MessageMarkers.None, Known(Queued, Dispatched, Claimed, Delivered, Sent).Markers);
        Assert.Equal(MessageMarkers.None, Known(Queued, Dispatched, Claimed, Sent, Undelivered).Markers);
        Assert.Equal(MessageMarkers.None, Known(Queued, Dispatched, Claimed, Refused).Markers);
        Assert.Equal(MessageMarkers.None, Known(Queued, Dispatched, Expired).Markers);
    }

    [Fact]
    public void Contradicting_outcomes_are_disputed()
    {
        AssertDisputed(MessageStatus.Delivered, Undelivered, Delivered);
        AssertDisputed(MessageStatus.Delivered, Refused, Delivered);
        AssertDisputed(MessageStatus.Undelivered, Refused, Undelivered);
        AssertDisputed(MessageStatus.Sent, Refused, Sent);
    }

    [Fact]
    public void An_outcome_after_the_message_was_stopped_is_late_and_disputed()
    {
        foreach (var stop in new object[] { Expired, Cancelled })
        {
            var known = Known(Queued, Dispatched, stop, Sent);
            Assert.Equal(MessageStatus.Sent, known.Status);
            Assert.Equal(MessageMarkers.Late | MessageMarkers.Disputed, known.Markers);
        }
    }

    [Fact]
    public void An_outcome_after_all_tries_were_exhausted_is_late_and_disputed()
    {
        var known = Known(
            Queued,
            Dispatched,
            new MessageFailed(1, null, MessageReasons.TriesExhausted, null, 0, Soon),
            Sent
        );

        Assert.Equal(MessageStatus.Sent, known.Status);
        Assert.Equal(MessageMarkers.Late | MessageMarkers.Disputed, known.Markers);
    }

    [Fact]
    public void An_outcome_of_what_was_given_back_as_unsent_is_late_and_disputed()
    {
        var known = Known(Queued, Dispatched, Lapsed, Sent);

        Assert.Equal(MessageStatus.Sent, known.Status);
        Assert.Equal(MessageMarkers.Late | MessageMarkers.Disputed, known.Markers);
    }

    [Fact]
    public void An_outcome_after_a_doubt_is_late_and_not_disputed()
    {
        foreach (var outcome in new object[] { Sent, Delivered, Undelivered, Refused })
        {
            Assert.Equal(MessageMarkers.Late, Known(Queued, Dispatched, Claimed, Doubted, outcome).Markers);
        }
    }

    [Fact]
    public void A_second_try_is_not_late_because_the_first_was_doubted()
    {
        var known = Known(
            Queued,
            Dispatched,
            Claimed,
            Doubted,
            new MessageDoubtResolved(1, DoubtAnswers.NotSent, MessageReasons.NotSent, Soon),
            ReturnedUnder(1, Phone, MessageReasons.NotSent),
            DispatchedUnder(2, OtherPhone),
            ClaimedUnder(2, OtherPhone),
            new MessageSent(2, OtherPhone, 1, Soon)
        );

        Assert.Equal(MessageStatus.Sent, known.Status);
        Assert.Equal(MessageMarkers.None, known.Markers);
    }

    [Fact]
    public void A_segment_refused_after_others_left_is_undelivered_in_part()
    {
        var known = Known(QueuedLong, Dispatched, Claimed, Refused with { Left = 1 });

        Assert.Equal(MessageStatus.Undelivered, known.Status);
        Assert.Equal(MessageMarkers.Partial, known.Markers);
    }

    [Fact]
    public void The_report_on_the_segment_that_left_is_no_contradiction()
    {
        var known = Known(
            QueuedLong,
            Dispatched,
            Claimed,
            Refused with
            {
                Left = 1,
            },
            Undelivered with
            {
                Partial = true,
            }
        );

        Assert.Equal(MessageStatus.Undelivered, known.Status);
        Assert.Equal(MessageMarkers.Partial, known.Markers);
    }

    [Fact]
    public void Replied_marks_any_status()
    {
        var replied = new MessageReplied(Answer, WithAlice, Soon);

        Assert.Equal(MessageMarkers.Replied, Known(Queued, Dispatched, Claimed, replied).Markers);
        Assert.Equal(MessageStatus.InDoubt, Known(Queued, Dispatched, Claimed, Doubted, replied).Status);
    }

    [Fact]
    public void Statuses_and_markers_are_read_in_snake_case()
    {
        Assert.Equal("in_doubt", MessageWords.Of(MessageStatus.InDoubt));
        Assert.Equal(["late", "disputed"], MessageWords.Of(MessageMarkers.Late | MessageMarkers.Disputed));
        Assert.Empty(MessageWords.Of(MessageMarkers.None));
    }

    [Fact]
    public void A_fact_that_overtook_its_order_is_kept()
    {
        Assert.Equal(MessageStatus.Delivered, Known(Delivered).Status);
        Assert.Equal(MessageStatus.Delivered, Known(Delivered, Queued).Status);
    }

    [Fact]
    public void What_is_no_fact_of_a_message_leaves_it_as_it_was()
    {
        Assert.Null(Given(new object()).State);
        Assert.Equal(MessageStatus.Queued, Known(Queued, new object()).Status);
    }

    private static void AssertDisputed(MessageStatus status, object one, object other)
    {
        foreach (var history in new[] { (one, other), (other, one) })
        {
            var known = Known(Queued, Dispatched, Claimed, history.Item1, history.Item2);
            Assert.Equal(status, known.Status);
            Assert.Equal(MessageMarkers.Disputed, known.Markers);
        }
    }
}
