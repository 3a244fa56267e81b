namespace Gateway.Domain.Messages;

/// <summary>Where a message stands. Derived from the set of its facts, never stored on its own.</summary>
public enum MessageStatus
{
    /// <summary>Accepted; waits for a place on a device.</summary>
    Queued,

    /// <summary>Accepted; its time has not come.</summary>
    Scheduled,

    /// <summary>No device can carry it now.</summary>
    Held,

    /// <summary>Lent to a device; nothing left yet.</summary>
    Dispatched,

    /// <summary>Claimed: the device may be submitting it.</summary>
    Sending,

    /// <summary>The network accepted every segment.</summary>
    Sent,

    /// <summary>Every segment has its positive report.</summary>
    Delivered,

    /// <summary>The network gave up on it.</summary>
    Undelivered,

    /// <summary>Refused by radio or network, or no try ever left.</summary>
    Failed,

    /// <summary>Claimed, and nobody knows whether it left.</summary>
    InDoubt,

    /// <summary>Its validity passed unsent.</summary>
    Expired,

    /// <summary>Stopped by its sender.</summary>
    Cancelled,
}

/// <summary>What else is true of a message, beside its status.</summary>
[Flags]
public enum MessageMarkers
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>The recipient answered.</summary>
    Replied = 1,

    /// <summary>An outcome came after the message was given up, doubted or stopped.</summary>
    Late = 2,

    /// <summary>Facts contradict each other; the strongest decides the status.</summary>
    Disputed = 4,

    /// <summary>Some segments left and others did not, or arrived and others did not.</summary>
    Partial = 8,
}

/// <summary>What all facts together say: status and markers.</summary>
public sealed partial record Message
{
    /// <summary>
    /// The strongest fact decides: report ok, report refused, radio accepted, radio refused, doubt, claim, stop, lease, wait.
    /// </summary>
    public MessageStatus Status =>
        Any(a => a.Delivered) ? MessageStatus.Delivered
        : Any(a => a.Undelivered) ? MessageStatus.Undelivered
        : Any(HasLeft) ? MessageStatus.Sent
        : HasFailed && !Any(IsRepeated)
            ? Any(LeftInPart) ? MessageStatus.Undelivered
                : MessageStatus.Failed
        : Any(a => a.IsInDoubt && !(a.ResendAuthorised && MayGoOn)) ? MessageStatus.InDoubt
        : Any(a => a.IsOpen) ? MessageStatus.Sending
        : Cancelled ? MessageStatus.Cancelled
        : Expired ? MessageStatus.Expired
        : Any(a => a.IsLeased) ? MessageStatus.Dispatched
        : Holds.Any(hold => !Releases.Contains(hold)) ? MessageStatus.Held
        : Order?.SendAt is not null && !Releases.Contains(ScheduleHold) ? MessageStatus.Scheduled
        : MessageStatus.Queued;

    /// <summary>What is true beside the status.</summary>
    public MessageMarkers Markers
    {
        get
        {
            var left = Any(IsProvenToHaveLeft);
            var stopped = Cancelled || Expired;
            var late = left && (stopped || Failed) || Any(CameAfterAll);
            return (Replied ? MessageMarkers.Replied : 0)
                | (late ? MessageMarkers.Late : 0)
                | (IsDisputed(left, stopped) ? MessageMarkers.Disputed : 0)
                | (Any(a => a.Partial) ? MessageMarkers.Partial : 0);
        }
    }

    /// <summary>It is on its way, and more will be known of it soon.</summary>
    public bool IsMoving =>
        Status
            is MessageStatus.Queued
                or MessageStatus.Dispatched
                or MessageStatus.Sending
                or MessageStatus.Sent;

    /// <summary>Whether nothing more will be tried.</summary>
    public bool IsOver =>
        Status
            is MessageStatus.Sent
                or MessageStatus.Delivered
                or MessageStatus.Undelivered
                or MessageStatus.Failed
                or MessageStatus.Expired
                or MessageStatus.Cancelled;

    /// <summary>Two final words of which one must be wrong; that a sent text is reported on is no contradiction.</summary>
    private bool IsDisputed(bool left, bool stopped)
    {
        var (delivered, undelivered) = (Any(a => a.Delivered), Any(a => a.Undelivered));
        var failed = Failed || Any(a => a.Failed);
        var failedWhole = Failed || Any(a => a.Failed && !LeftInPart(a));
        return delivered && undelivered
            || failed && (delivered || Any(HasLeft))
            || failedWhole && undelivered
            || stopped && (left || failed)
            || Any(a => a.Returned && IsProvenToHaveLeft(a));
    }

    private bool HasFailed => Failed || Any(a => a.Failed);

    /// <summary>Nothing has ended the tries that follow a doubt; once they are over, the doubt is what remains.</summary>
    private bool MayGoOn => !HasFailed && !Cancelled && !Expired;

    private static bool IsRepeated(Attempt attempt) => attempt is { IsInDoubt: true, ResendAuthorised: true };

    private static bool HasLeft(Attempt attempt) =>
        attempt.Sent || attempt.DoubtResolved == DoubtAnswers.Sent;

    private static bool LeftInPart(Attempt attempt) => attempt.Failed && attempt.Partial;

    private static bool IsProvenToHaveLeft(Attempt attempt) =>
        HasLeft(attempt) || attempt.Delivered || attempt.Undelivered;

    /// <summary>It had been doubted or given back when its outcome came.</summary>
    private static bool CameAfterAll(Attempt attempt) =>
        attempt.Doubted && (IsProvenToHaveLeft(attempt) || attempt.Failed)
        || attempt.Returned && IsProvenToHaveLeft(attempt);

    private bool Any(Func<Attempt, bool> holds)
    {
        if (OnlyAttempt is { } only)
        {
            return holds(only);
        }

        foreach (var (_, attempt) in Attempts)
        {
            if (holds(attempt))
            {
                return true;
            }
        }

        return false;
    }
}
