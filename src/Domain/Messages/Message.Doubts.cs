using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>What a person decides about a text of which nobody knows whether it left.</summary>
public enum DoubtDecision
{
    /// <summary>It left: it counts as sent.</summary>
    Sent,

    /// <summary>It didn't leave: it waits for a device again.</summary>
    NotSent,

    /// <summary>It may have left, and shall be sent once more all the same.</summary>
    Resend,
}

/// <summary>Decisions of people about doubts. Devices and the network settle them by what they report.</summary>
public sealed partial record Message
{
    /// <summary>Settles the doubt, or lets the text be sent once more in spite of it.</summary>
    /// <param name="note">Why, in the person's words.</param>
    public static Decision Resolve(Message? message, DoubtDecision decision, string? note, Instant at)
    {
        if (message is null)
        {
            return new MessageIsUnknown();
        }

        if (message is not { Status: MessageStatus.InDoubt, LastAttempt: { IsInDoubt: true } attempt })
        {
            return new MessageIsNotInDoubt();
        }

        MessageDoubtResolved Settled(string how) => new(attempt.Fence, how, DoubtAnswers.ByPerson, at, note);
        return decision switch
        {
            DoubtDecision.Sent => Decision.Record(Settled(DoubtAnswers.Sent)),
            DoubtDecision.Resend => Decision.Record(new MessageResendAuthorised(attempt.Fence, note, at)),
            _ => Decision.Record([
                Settled(DoubtAnswers.NotSent),
                new MessageReturned(attempt.Fence, attempt.Device!.Value, MessageReasons.NotSent, null, at),
                .. message.CancelRequested ? [new MessageCancelled(at)] : Array.Empty<object>(),
            ]),
        };
    }

    /// <summary>The attempt that may have left and that an attempt of this fence repeats by decision; null for none.</summary>
    public int? RepeatedBy(int fence) =>
        Attempts.Values.LastOrDefault(attempt => attempt.Fence < fence && attempt.Doubted)?.Fence;
}
