using System.Text.Json;
using CsCheck;
using Gateway.Application;
using Gateway.Domain.Messages;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

/// <summary>What is known of a message depends on its facts, never on the order in which they became known.</summary>
public class OrderSpecs
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions().AddDomainValues();

    /// <summary>Everything that can be said of one message over three attempts, sense or nonsense.</summary>
    private static readonly MessageEvent[] Facts =
    [
        Scheduled,
        new MessageReleased(Message.ScheduleHold, Evening),
        Held,
        Released,
        Expired,
        new MessageCancelRequested(Soon),
        Cancelled,
        new MessageReplied(Answer, WithAlice, Soon),
        new MessageFailed(3, null, MessageReasons.TriesExhausted, null, 0, Soon),
        .. OfAttempt(1, Phone),
        .. OfAttempt(2, OtherPhone),
        .. OfAttempt(3, Phone),
    ];

    private static readonly Gen<MessageEvent[]> Sets = Gen.Select(
        Gen.Int[1, Facts.Length],
        Gen.Double.Array[Facts.Length],
        (most, luck) => Facts.Zip(luck).OrderBy(f => f.Second).Take(most).Select(f => f.First).ToArray()
    );

    private static readonly Gen<double[]> Lots = Gen.Double.Array[3 * Facts.Length];

    [Fact]
    public void Any_order_and_any_repetition_of_the_same_facts_tells_the_same() =>
        Gen.Select(Sets, Lots)
            .Sample(
                (set, lots) =>
                {
                    var (once, shuffled) = (Known([.. set]), Known(Shuffled(set, lots)));
                    Assert.Equal(once.Status, shuffled.Status);
                    Assert.Equal(once.Markers, shuffled.Markers);
                    Assert.Equal(Written(once), Written(shuffled));
                },
                iter: 5_000
            );

    [Fact]
    public void The_strongest_outcome_decides_whatever_else_is_said() =>
        Gen.Select(Sets, Lots)
            .Sample(
                (set, lots) =>
                {
                    Assert.Equal(MessageStatus.Delivered, StatusOf([.. set, Delivered], lots));

                    var unreported = set.Where(fact => fact is not MessageDelivered).ToArray();
                    Assert.Equal(MessageStatus.Undelivered, StatusOf([.. unreported, Undelivered], lots));

                    var unheard = unreported.Where(fact => fact is not MessageUndelivered).ToArray();
                    Assert.Equal(MessageStatus.Sent, StatusOf([.. unheard, Sent], lots));

                    var silent = unheard
                        .Where(fact => fact is not (MessageSent or MessageDoubtResolved or MessageFailed))
                        .ToArray();
                    Assert.Equal(MessageStatus.Failed, StatusOf([.. silent, Refused], lots));
                },
                iter: 3_000
            );

    [Fact]
    public void A_message_that_may_have_left_never_looks_as_if_it_waited() =>
        Gen.Select(Sets, Lots)
            .Sample(
                (set, lots) =>
                {
                    var unsettled = set.Where(fact => fact is not (MessageReturned or MessageDoubtResolved))
                        .ToArray();
                    Assert.DoesNotContain(
                        StatusOf([.. unsettled, Claimed], lots),
                        new[]
                        {
                            MessageStatus.Queued,
                            MessageStatus.Scheduled,
                            MessageStatus.Held,
                            MessageStatus.Dispatched,
                            MessageStatus.Cancelled,
                            MessageStatus.Expired,
                        }
                    );
                },
                iter: 3_000
            );

    [Fact]
    public void Decisions_on_any_set_of_facts_answer_and_never_throw() =>
        Sets.Sample(
            set =>
            {
                var message = Known([.. set]);
                var order = set.Contains(Scheduled);
                Assert.NotNull(Message.Wake(message, Tomorrow));
                Assert.NotNull(Message.Cancel(message, Tomorrow));
                Assert.NotNull(Message.Dispatch(message, Choice, Lease, Noon));
                Assert.NotNull(Message.Report(message, 2, OtherPhone, 41, 0, Soon));
                Assert.NotNull(Message.GiveBack(message, 3, Phone, MessageReasons.NotSent, null, Soon));
                Assert.True(!order || Message.Claim(message, 3, Phone, false, Soon) is not null);
            },
            iter: 2_000
        );

    private static MessageEvent[] OfAttempt(int fence, Guid device) =>
        [
            DispatchedUnder(fence, device),
            ClaimedUnder(fence, device),
            ReturnedUnder(fence, device, MessageReasons.LeaseLapsed),
            ReturnedUnder(fence, device, MessageReasons.NeverLeft),
            new SegmentReported(fence, device, 1, 2, SegmentOutcomes.Accepted, 41, null, Soon),
            new SegmentReported(fence, device, 2, 2, SegmentOutcomes.Delivered, 42, "00", Soon),
            new SegmentReported(fence, device, 1, 2, SegmentOutcomes.Undelivered, 41, "40", Soon),
            new MessageSent(fence, device, 1, Soon),
            new MessageDelivered(fence, device, Soon),
            new MessageUndelivered(fence, device, "40", false, Soon),
            new MessageUndelivered(fence, device, "40", true, Soon),
            new MessageFailed(fence, device, MessageReasons.Refused, "38", 0, Soon),
            new MessageDoubted(fence, device, MessageReasons.DeviceUnsure, "written", Soon),
            new MessageDoubtResolved(fence, DoubtAnswers.Sent, "a person", Soon),
            new MessageDoubtResolved(fence, DoubtAnswers.NotSent, "a person", Soon),
        ];

    private static MessageStatus StatusOf(MessageEvent[] set, double[] lots) =>
        Known(Shuffled(set, lots)).Status;

    /// <summary>Each fact once, twice or thrice, in an order that the lots decide.</summary>
    private static object[] Shuffled(MessageEvent[] set, double[] lots) =>
        [
            .. Enumerable
                .Range(0, lots.Length)
                .Where(i => i < set.Length || lots[i] < 0.5)
                .OrderBy(i => lots[i])
                .Select(i => set[i % set.Length]),
        ];

    private static string Written(Message message) => JsonSerializer.Serialize(message, Json);
}
