using Gateway.Domain.Messages;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages.Outcomes;

public class OutcomeSpecs
{
    private const int Received = 0x00;
    private const int StillTrying = 0x20;
    private const int GivenUp = 0x40;
    private const int Replaced = 0x02;

    [Fact]
    public void An_accepted_text_is_sent_once()
    {
        Given(Queued, Dispatched, Claimed).When(m => Message.Send(m, 1, Phone, 1, Soon)).Recorded(Sent);
        Given(Queued, Dispatched, Claimed, Sent)
            .When(m => Message.Send(m, 1, Phone, 1, Soon))
            .NothingHappens();
    }

    [Fact]
    public void A_refused_text_fails_once()
    {
        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Refuse(m, 1, Phone, "38", 0, Soon))
            .Recorded(Refused);
        Given(Queued, Dispatched, Claimed, Refused)
            .When(m => Message.Refuse(m, 1, Phone, "38", 0, Soon))
            .NothingHappens();
    }

    [Fact]
    public void A_doubt_is_noted_once()
    {
        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Doubt(m, 1, Phone, "written", Soon))
            .Recorded(Doubted);
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Doubt(m, 1, Phone, "written", Soon))
            .NothingHappens();
    }

    [Fact]
    public void What_is_settled_is_not_doubted_any_more() =>
        Given(Queued, Dispatched, Claimed, Sent)
            .When(m => Message.Doubt(m, 1, Phone, "written", Soon))
            .NothingHappens();

    [Fact]
    public void A_device_that_finds_out_settles_the_doubt()
    {
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Send(m, 1, Phone, 1, Soon))
            .Recorded(new MessageDoubtResolved(1, DoubtAnswers.Sent, "device_report", Soon), Sent);
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Refuse(m, 1, Phone, "38", 0, Soon))
            .Recorded(new MessageDoubtResolved(1, DoubtAnswers.NotSent, "device_report", Soon), Refused);
    }

    [Fact]
    public void A_delivery_report_settles_the_doubt() =>
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(new MessageDoubtResolved(1, DoubtAnswers.Sent, "delivery_report", Soon), Delivered);

    [Fact]
    public void A_positive_report_delivers_once()
    {
        Given(Queued, Dispatched, Claimed, Sent)
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(Delivered);
        Given(Queued, Dispatched, Claimed, Sent, Delivered)
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .NothingHappens();
    }

    [Fact]
    public void A_report_may_come_before_the_word_that_it_was_sent()
    {
        Given(Queued, Dispatched, Claimed)
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(Delivered);
        Given(Queued, Dispatched, Claimed, Delivered)
            .When(m => Message.Send(m, 1, Phone, 1, Soon))
            .Recorded(Sent);
    }

    [Fact]
    public void A_report_may_come_after_the_message_was_given_up()
    {
        Given(Queued, Dispatched, Claimed, Refused)
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(Delivered);
        Given(Queued, Dispatched, Lapsed, Expired)
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(Delivered);
    }

    [Fact]
    public void A_negative_report_undelivers_once()
    {
        Given(Queued, Dispatched, Claimed, Sent)
            .When(m => Message.Report(m, 1, Phone, 41, GivenUp, Soon))
            .Recorded(Undelivered);
        Given(Queued, Dispatched, Claimed, Sent, Undelivered)
            .When(m => Message.Report(m, 1, Phone, 41, GivenUp, Soon))
            .NothingHappens();
    }

    [Fact]
    public void A_report_that_decides_nothing_is_kept()
    {
        Given(Queued, Dispatched, Claimed, Sent)
            .When(m => Message.Report(m, 1, Phone, 41, StillTrying, Soon))
            .Recorded(Segment(1, SegmentOutcomes.Pending, 41, "20") with { Of = 1 });
        Given(Queued, Dispatched, Claimed, Sent)
            .When(m => Message.Report(m, 1, Phone, 41, Replaced, Soon))
            .Recorded(Segment(1, SegmentOutcomes.Unconfirmed, 41, "02") with { Of = 1 });
    }

    [Fact]
    public void A_segment_is_accepted_once()
    {
        var accepted = Segment(1, SegmentOutcomes.Accepted, 41);

        Given(QueuedLong, Dispatched, Claimed)
            .When(m => Message.AcceptSegment(m, 1, Phone, 1, 2, 41, Soon))
            .Recorded(accepted);
        Given(QueuedLong, Dispatched, Claimed, accepted)
            .When(m => Message.AcceptSegment(m, 1, Phone, 1, 2, 41, Soon))
            .NothingHappens();
        Given(QueuedLong, Dispatched, Claimed, accepted)
            .When(m => Message.AcceptSegment(m, 1, Phone, 1, 2, null, Soon))
            .NothingHappens();
    }

    [Fact]
    public void A_long_text_is_delivered_when_every_segment_is()
    {
        Given([.. SentLong])
            .When(m => Message.Report(m, 1, Phone, 42, Received, Soon))
            .Recorded(Segment(2, SegmentOutcomes.Delivered, 42, "00"));
        Given([.. SentLong, Segment(2, SegmentOutcomes.Delivered, 42, "00")])
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(Segment(1, SegmentOutcomes.Delivered, 41, "00"), Delivered);
    }

    [Fact]
    public void A_segments_report_counts_once() =>
        Given([.. SentLong, Segment(2, SegmentOutcomes.Delivered, 42, "00")])
            .When(m => Message.Report(m, 1, Phone, 42, Received, Soon))
            .NothingHappens();

    [Fact]
    public void A_report_on_a_segment_nobody_knows_delivers_nothing()
    {
        Given([.. SentLong, Segment(1, SegmentOutcomes.Delivered, 41, "00")])
            .When(m => Message.Report(m, 1, Phone, 99, Received, Soon))
            .Recorded(Segment(0, SegmentOutcomes.Delivered, 99, "00"));
        Given([.. SentLong, Segment(0, SegmentOutcomes.Delivered, 99, "00")])
            .When(m => Message.Report(m, 1, Phone, 41, Received, Soon))
            .Recorded(Segment(1, SegmentOutcomes.Delivered, 41, "00"));
        Given([.. SentLong, Segment(0, SegmentOutcomes.Delivered, 99, "00")])
            .When(m => Message.Report(m, 1, Phone, 98, Received, Soon))
            .Recorded(Segment(0, SegmentOutcomes.Delivered, 98, "00"));
    }

    [Fact]
    public void One_lost_segment_makes_the_whole_undelivered_in_part()
    {
        var lost = Segment(1, SegmentOutcomes.Undelivered, 41, "40");

        Given([.. SentLong])
            .When(m => Message.Report(m, 1, Phone, 41, GivenUp, Soon))
            .Recorded(lost, Undelivered with { Partial = true });
        Given([.. SentLong, lost, Undelivered with { Partial = true }])
            .When(m => Message.Report(m, 1, Phone, 41, GivenUp, Soon))
            .NothingHappens();
        Given([.. SentLong, lost, Undelivered with { Partial = true }])
            .When(m => Message.Report(m, 1, Phone, 42, GivenUp, Soon))
            .Recorded(Segment(2, SegmentOutcomes.Undelivered, 42, "40"));
    }

    [Fact]
    public void What_a_device_says_of_a_message_it_never_held_counts_for_nothing()
    {
        foreach (var history in new object[][] { [], [Queued], [Queued, Dispatched, Claimed] })
        {
            var given = Given(history);
            given.When(m => Message.Send(m, 1, OtherPhone, 1, Soon)).NothingHappens();
            given.When(m => Message.Refuse(m, 1, OtherPhone, "38", 0, Soon)).NothingHappens();
            given.When(m => Message.Doubt(m, 1, OtherPhone, "written", Soon)).NothingHappens();
            given.When(m => Message.Report(m, 1, OtherPhone, 41, Received, Soon)).NothingHappens();
            given.When(m => Message.AcceptSegment(m, 1, OtherPhone, 1, 2, 41, Soon)).NothingHappens();
            given.When(m => Message.Send(m, 2, Phone, 1, Soon)).NothingHappens();
        }
    }

    private static IEnumerable<object> SentLong =>
        [
            QueuedLong,
            Dispatched,
            Claimed,
            Segment(1, SegmentOutcomes.Accepted, 41),
            Segment(2, SegmentOutcomes.Accepted, 42),
            Sent with
            {
                Segments = 2,
            },
        ];
}
