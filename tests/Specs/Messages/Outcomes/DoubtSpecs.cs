using Gateway.Domain.Messages;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages.Outcomes;

public class DoubtSpecs
{
    private const string Why = "on the operator's bill";

    private static readonly MessageDoubtResolved AsSent = new(
        1,
        DoubtAnswers.Sent,
        DoubtAnswers.ByPerson,
        Soon,
        Why
    );

    private static readonly MessageResendAuthorised Again = new(1, Why, Soon);

    private static readonly MessageDispatched Second = Dispatched with { Fence = 2, DeviceId = OtherPhone };

    [Fact]
    public void A_person_may_say_that_it_left()
    {
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Resolve(m, DoubtDecision.Sent, Why, Soon))
            .Recorded(AsSent);
        Assert.Equal(MessageStatus.Sent, Known(Queued, Dispatched, Claimed, Doubted, AsSent).Status);
    }

    [Fact]
    public void A_person_may_say_that_it_did_not_leave_and_it_waits_again()
    {
        var settled = AsSent with { How = DoubtAnswers.NotSent };
        var returned = new MessageReturned(1, Phone, MessageReasons.NotSent, null, Soon);
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Resolve(m, DoubtDecision.NotSent, Why, Soon))
            .Recorded(settled, returned);
        Assert.Equal(
            MessageStatus.Queued,
            Known(Queued, Dispatched, Claimed, Doubted, settled, returned).Status
        );
    }

    [Fact]
    public void What_somebody_wanted_stopped_is_stopped_once_it_is_said_not_to_have_left() =>
        Given(Queued, Dispatched, Claimed, Doubted, new MessageCancelRequested(Noon))
            .When(m => Message.Resolve(m, DoubtDecision.NotSent, null, Soon))
            .Recorded(
                AsSent with
                {
                    How = DoubtAnswers.NotSent,
                    Note = null,
                },
                new MessageReturned(1, Phone, MessageReasons.NotSent, null, Soon),
                new MessageCancelled(Soon)
            );

    [Fact]
    public void A_person_may_have_it_sent_once_more()
    {
        Given(Queued, Dispatched, Claimed, Doubted)
            .When(m => Message.Resolve(m, DoubtDecision.Resend, Why, Soon))
            .Recorded(Again);
        Assert.Equal(MessageStatus.Queued, Known(Queued, Dispatched, Claimed, Doubted, Again).Status);
    }

    [Fact]
    public void Without_a_doubt_there_is_nothing_to_settle()
    {
        object[][] stories =
        [
            [Queued],
            [Queued, Dispatched, Claimed],
            [Queued, Dispatched, Claimed, Sent],
            [Queued, Dispatched, Claimed, Doubted, AsSent],
            [Queued, Dispatched, Claimed, Doubted, Again],
        ];
        foreach (var story in stories)
        {
            Given(story)
                .When(m => Message.Resolve(m, DoubtDecision.Resend, null, Soon))
                .Refused(new MessageIsNotInDoubt());
        }
    }

    [Fact]
    public void A_second_try_tells_which_one_it_repeats()
    {
        Assert.Null(Known(Queued, Dispatched).RepeatedBy(1));
        Assert.Null(Known(Queued, Dispatched, Lapsed, Second).RepeatedBy(2));
        Assert.Equal(1, Known(Queued, Dispatched, Claimed, Doubted, Again, Second).RepeatedBy(2));
    }

    [Fact]
    public void When_the_second_try_ends_without_leaving_the_first_doubt_remains()
    {
        object[] repeated = [Queued, Dispatched, Claimed, Doubted, Again, Second];
        foreach (
            var end in new object[] { Expired, Cancelled, Refused with { Fence = 2, DeviceId = OtherPhone } }
        )
        {
            Assert.Equal(MessageStatus.InDoubt, Known([.. repeated, end]).Status);
        }

        Assert.Equal(
            MessageStatus.Sent,
            Known([.. repeated, Sent with { Fence = 2, DeviceId = OtherPhone }]).Status
        );
    }

    [Fact]
    public void A_late_report_on_the_first_try_counts_all_the_same() =>
        Assert.Equal(
            MessageStatus.Delivered,
            Known(Queued, Dispatched, Claimed, Doubted, Again, Second, Delivered).Status
        );
}
