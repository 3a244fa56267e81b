using System.Collections.Immutable;
using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>One MT message to one recipient, from acceptance to its last report.</summary>
/// <param name="Order">What was asked for; null only while a fact is known that overtook it.</param>
/// <param name="Attempts">By fence. Each holds what is known of it, whatever the order it became known in.</param>
public sealed partial record Message(
    Guid Id,
    MessageQueued? Order,
    ImmutableSortedDictionary<int, Attempt> Attempts,
    ImmutableSortedSet<int> Holds,
    ImmutableSortedSet<int> Releases,
    bool Failed,
    bool Expired,
    bool CancelRequested,
    bool Cancelled,
    bool Replied
)
{
    /// <summary>The hold that <see cref="MessageQueued.SendAt"/> stands for.</summary>
    public const int ScheduleHold = 0;

    /// <summary>The last attempt; null before the first dispatch.</summary>
    public Attempt? LastAttempt => OnlyAttempt ?? (Attempts.IsEmpty ? null : Attempts.Last().Value);

    /// <summary>The first attempt where there is no other, as with most messages; walking the tree for it is dear.</summary>
    private Attempt? OnlyAttempt => Attempts.Count == 1 ? Attempts.GetValueOrDefault(1) : null;

    /// <summary>Folds one event into the state. The result depends on the set of events only, not on their order.</summary>
    public static Message? Evolve(Message? message, Guid id, object @event) =>
        @event is MessageEvent ? (message ?? Unknown(id)).With(@event) : message;

    private static Message Unknown(Guid id) =>
        new(
            id,
            null,
            ImmutableSortedDictionary<int, Attempt>.Empty,
            [],
            [],
            false,
            false,
            false,
            false,
            false
        );

    private Message With(object @event) =>
        @event switch
        {
            MessageQueued e => this with { Order = e },
            MessageHeld e => this with { Holds = Holds.Add(e.Hold) },
            MessageReleased e => this with { Releases = Releases.Add(e.Hold) },
            MessageDispatched e => With(
                e.Fence,
                a =>
                    a with
                    {
                        Device = e.DeviceId,
                        Sim = e.Sim,
                        Conversation = e.ConversationId,
                        LeaseEnds = LeaseEnd(e),
                    }
            ),
            MessageReturned e => With(
                e.Fence,
                a =>
                    a with
                    {
                        Returned = true,
                        NeverLeft = a.NeverLeft || e.Reason == MessageReasons.NeverLeft,
                    }
            ),
            MessageClaimed e => With(
                e.Fence,
                a => a with { ClaimedAt = e.At, Device = a.Device ?? e.DeviceId }
            ),
            SegmentReported e => With(e.Fence, a => WithSegment(a, e)),
            MessageSent e => With(e.Fence, a => a with { Sent = true }),
            MessageDelivered e => With(e.Fence, a => a with { Delivered = true }),
            MessageUndelivered e => With(
                e.Fence,
                a => a with { Undelivered = true, Partial = a.Partial || e.Partial }
            ),
            MessageFailed { DeviceId: null } => this with { Failed = true },
            MessageFailed e => With(
                e.Fence,
                a => a with { Failed = true, Partial = a.Partial || e.Left > 0 }
            ),
            MessageDoubted e => With(
                e.Fence,
                a =>
                    a with
                    {
                        Doubted = true,
                        DoubtedByDevice = a.DoubtedByDevice || e.Reason == MessageReasons.DeviceUnsure,
                    }
            ),
            MessageDoubtResolved e => With(
                e.Fence,
                a => a with { DoubtResolved = Stronger(a.DoubtResolved, e.How) }
            ),
            MessageResendAuthorised e => With(e.Fence, a => a with { ResendAuthorised = true }),
            MessageExpired => this with { Expired = true },
            MessageCancelRequested => this with { CancelRequested = true },
            MessageCancelled => this with { Cancelled = true },
            MessageReplied => this with { Replied = true },
            _ => this,
        };

    private Message With(int fence, Func<Attempt, Attempt> change) =>
        this with
        {
            Attempts = Attempts.SetItem(
                fence,
                change(Attempts.GetValueOrDefault(fence) ?? Attempt.Unknown(fence))
            ),
        };

    private static Attempt WithSegment(Attempt attempt, SegmentReported e)
    {
        var known = e.Reference is { } reference
            ? attempt with
            {
                References = attempt.References.SetItem(e.Segment, reference),
            }
            : attempt;
        return e.Outcome switch
        {
            SegmentOutcomes.Accepted => known with { Accepted = known.Accepted.Add(e.Segment) },
            SegmentOutcomes.Delivered => known with { Confirmed = known.Confirmed.Add(e.Segment) },
            SegmentOutcomes.Undelivered => known with { Lost = known.Lost.Add(e.Segment) },
            _ => known,
        };
    }

    private static Instant LeaseEnd(MessageDispatched e) => e.At + Duration.FromMilliseconds(e.LeaseMs);

    /// <summary>Two answers to one doubt: that it left outweighs that it didn't.</summary>
    private static string Stronger(string? known, string said) => known == DoubtAnswers.Sent ? known : said;
}
