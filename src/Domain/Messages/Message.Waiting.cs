using Gateway.Domain.Devices;
using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>Decisions before anything can have left: accepting, waiting, stopping.</summary>
public sealed partial record Message
{
    /// <summary>Longest a message may wait for its outcome after a claim before it is called in doubt.</summary>
    public static readonly Duration ClaimPatience = Duration.FromMinutes(5);

    /// <summary>Accepts an order. The same order twice is the same message; another one under the same id is refused.</summary>
    public static Decision Queue(Message? message, MessageQueued order) =>
        message?.Order is not { } known ? Decision.Record(order)
        : IsSameOrder(known, order) ? Decision.Nothing
        : new IdempotencyKeyIsUsed();

    /// <summary>Notes that no device can carry it; a message that is not waiting stays as it is.</summary>
    public static Decision Hold(Message? message, string reason, RoutingDecision routing, Instant at) =>
        message?.Status is MessageStatus.Queued
            ? Decision.Record(new MessageHeld(message.NextHold, reason, routing, at))
            : Decision.Nothing;

    /// <summary>Ends a hold, because a device can carry it now.</summary>
    public static Decision Release(Message? message, Instant at) =>
        message?.Status is MessageStatus.Held
            ? Decision.Record(new MessageReleased(message.Holds.Except(message.Releases)[0], at))
            : Decision.Nothing;

    /// <summary>Stops it while that is certain to work; later, only that it was wanted is recorded.</summary>
    public static Decision Cancel(Message? message, Instant at) =>
        message?.Status switch
        {
            null => new MessageIsUnknown(),
            MessageStatus.Cancelled => Decision.Nothing,
            MessageStatus.Sending or MessageStatus.InDoubt => message.CancelRequested
                ? new MessageHasLeft()
                : Decision.Refuse(new MessageHasLeft(), new MessageCancelRequested(at)),
            _ when message.IsOver => new MessageIsFinished(),
            _ => Decision.Record(new MessageCancelled(at)),
        };

    /// <summary>What time alone brings about: a schedule comes due, a validity or a lease ends, a claim goes unanswered.</summary>
    public static Decision Wake(Message? message, Instant now)
    {
        if (message is not { Order: { } order } || message.IsOver)
        {
            return Decision.Nothing;
        }

        var attempt = message.LastAttempt;
        if (attempt is { IsOpen: true, ClaimedAt: { } claimedAt } && now >= claimedAt + ClaimPatience)
        {
            return Decision.Record(
                new MessageDoubted(attempt.Fence, attempt.Device!.Value, MessageReasons.NoAnswer, null, now)
            );
        }

        return message.Status switch
        {
            MessageStatus.Sending or MessageStatus.InDoubt => Decision.Nothing,
            _ when now >= order.ExpiresAt => Decision.Record(new MessageExpired(now)),
            MessageStatus.Scheduled when now >= order.SendAt => Decision.Record(
                new MessageReleased(ScheduleHold, now)
            ),
            MessageStatus.Dispatched when now >= attempt!.LeaseEnds => GiveBack(
                message,
                attempt.Fence,
                attempt.Device!.Value,
                MessageReasons.LeaseLapsed,
                null,
                now
            ),
            _ => Decision.Nothing,
        };
    }

    /// <summary>Notes that the recipient answered; once is enough.</summary>
    public static Decision Reply(Message? message, Guid inboundId, Guid conversationId, Instant at) =>
        message is { Order: not null, Replied: false }
            ? Decision.Record(new MessageReplied(inboundId, conversationId, at))
            : Decision.Nothing;

    private int NextHold => Holds.IsEmpty ? ScheduleHold + 1 : Holds.Max + 1;

    private static bool IsSameOrder(MessageQueued known, MessageQueued order) =>
        known.Tags.SequenceEqual(order.Tags)
        && Validity(known) == Validity(order)
        && (known.SendAt == order.SendAt || order.SendAt is null && known.SendAt <= order.At)
        && known with
        {
            At = order.At,
            SendAt = order.SendAt,
            ExpiresAt = order.ExpiresAt,
            Tags = order.Tags,
        } == order;

    /// <summary>Counted from the scheduled time where there is one: a repeated order comes later, but asks for the same.</summary>
    private static Duration Validity(MessageQueued order) => order.ExpiresAt - (order.SendAt ?? order.At);
}
