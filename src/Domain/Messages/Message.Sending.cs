using Gateway.Domain.Devices;
using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>Decisions of the dispatch: lease, claim and give back. One attempt at a time, each with a higher fence.</summary>
public sealed partial record Message
{
    /// <summary>So many attempts may end without anything leaving; then the message has failed.</summary>
    public const int MostFruitlessAttempts = 5;

    /// <summary>Lends a waiting message to a device.</summary>
    public static Decision Dispatch(Message? message, RoutingChoice choice, Duration lease, Instant at) =>
        message is { Status: MessageStatus.Queued, Order: { } order } && at < order.ExpiresAt
            ? Decision.Record(
                new MessageDispatched(
                    NextFence(message),
                    choice.DeviceId,
                    choice.Sim,
                    choice.Line,
                    order.To,
                    choice.ConversationId,
                    (long)lease.TotalMilliseconds,
                    choice.Decision,
                    at
                )
            )
            : Decision.Nothing;

    /// <summary>
    /// Answers "may I submit?". Yes is the point of no return. Asked again by the same device under the same fence, the
    /// answer is the same; an old fence, another device, a stopped or expired message are refused.
    /// </summary>
    public static Decision Claim(Message? message, int fence, Guid device, bool optedOut, Instant at)
    {
        if (message?.LastAttempt is not { } attempt || attempt.Fence != fence || attempt.Device != device)
        {
            return new ClaimIsRefused("stale");
        }

        return message.Status switch
        {
            MessageStatus.Sending => Decision.Nothing,
            MessageStatus.Cancelled => new ClaimIsRefused("cancelled"),
            MessageStatus.Expired => new ClaimIsRefused("expired"),
            not MessageStatus.Dispatched => new ClaimIsRefused("stale"),
            _ when optedOut => Decision.Refuse(
                new ClaimIsRefused("optedOut"),
                new MessageFailed(fence, device, "opted_out", null, 0, at)
            ),
            _ when at >= message.Order!.ExpiresAt => Decision.Refuse(
                new ClaimIsRefused("expired"),
                new MessageExpired(at)
            ),
            _ => Decision.Record(new MessageClaimed(fence, device, attempt.Conversation, at)),
        };
    }

    /// <summary>
    /// An attempt ended with nothing sent: declined, lapsed, or the radio never let it go. After a claim only the
    /// device's own word that nothing left, given under this fence, counts. A wish to cancel that came too late for
    /// certainty is fulfilled then.
    /// </summary>
    public static Decision GiveBack(
        Message? message,
        int fence,
        Guid device,
        string reason,
        string? code,
        Instant at
    )
    {
        var attempt = message?.Attempts.GetValueOrDefault(fence);
        var byDevice = reason is MessageReasons.NeverLeft or MessageReasons.NotSent;
        if (
            attempt is null
            || attempt.Device != device
            || attempt.IsSettled
            || ((attempt.Claimed || attempt.Doubted) && !byDevice)
        )
        {
            return Decision.Nothing;
        }

        var returned = new MessageReturned(fence, device, reason, code, at);
        var fruitless =
            message!.Attempts.Values.Count(a => a.NeverLeft) + (reason == MessageReasons.NeverLeft ? 1 : 0);
        var facts = new List<object>();
        if (attempt.Doubted)
        {
            facts.Add(new MessageDoubtResolved(fence, DoubtAnswers.NotSent, reason, at));
        }

        facts.Add(returned);
        if (message.CancelRequested)
        {
            facts.Add(new MessageCancelled(at));
        }
        else if (fruitless >= MostFruitlessAttempts)
        {
            facts.Add(new MessageFailed(fence, null, MessageReasons.TriesExhausted, code, 0, at));
        }

        return Decision.Record([.. facts]);
    }

    /// <summary>Whether a device may go on with what it says it holds.</summary>
    public static bool IsHeldBy(Message? message, int fence, Guid device) =>
        message?.LastAttempt is { } attempt
        && attempt.Fence == fence
        && attempt.Device == device
        && (attempt.IsLeased || attempt.IsOpen)
        && !message.Cancelled
        && !message.Expired;

    private static int NextFence(Message message) => (message.LastAttempt?.Fence ?? 0) + 1;
}
