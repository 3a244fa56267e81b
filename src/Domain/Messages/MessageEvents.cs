using Gateway.Domain.Devices;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>A fact in the life of one message to one recipient. Stored for good: add fields, never rename or remove them.</summary>
/// <param name="At">When it happened; by the gateway's clock unless the event says otherwise.</param>
public abstract record MessageEvent(Instant At);

/// <summary>The gateway took over a text and owes it to its recipient. Always the first event.</summary>
/// <param name="From">Our line that must carry it; null lets the gateway choose.</param>
/// <param name="DeviceId">The device that must carry it; null lets the gateway choose.</param>
/// <param name="SendAt">Not before this instant; null for now.</param>
/// <param name="ExpiresAt">Not claimed by then, it expires.</param>
/// <param name="Priority">0 to 9; the higher goes first.</param>
/// <param name="Metadata">The caller's own JSON object, kept as text and never read.</param>
/// <param name="Report">Whether a delivery report is asked of the network.</param>
/// <param name="ConversationId">Null until the line is known, that is, when neither line nor conversation was named.</param>
public sealed record MessageQueued(
    Msisdn To,
    string Text,
    Msisdn? From,
    Guid? DeviceId,
    Guid? ConversationId,
    Instant? SendAt,
    Instant ExpiresAt,
    int Priority,
    IReadOnlyList<string> Tags,
    string? Metadata,
    bool Report,
    string Alphabet,
    int Segments,
    Instant At
) : MessageEvent(At);

/// <summary>No device can carry it now; it waits.</summary>
/// <param name="Hold">Numbers the holds of one message from 1.</param>
/// <param name="Reason">Stable code, such as <c>no_device_online</c>.</param>
public sealed record MessageHeld(int Hold, string Reason, RoutingDecision Decision, Instant At)
    : MessageEvent(At);

/// <summary>The wait is over. Hold 0 is the scheduled time of <see cref="MessageQueued.SendAt"/>.</summary>
public sealed record MessageReleased(int Hold, Instant At) : MessageEvent(At);

/// <summary>Lent to a device for a while. Nothing has been sent yet.</summary>
/// <param name="Fence">Numbers the attempts of one message from 1; only the highest may be claimed.</param>
/// <param name="LeaseMs">Milliseconds until it lapses unclaimed.</param>
/// <param name="Line">Our number behind the SIM.</param>
public sealed record MessageDispatched(
    int Fence,
    Guid DeviceId,
    string Sim,
    string Line,
    Msisdn To,
    Guid ConversationId,
    long LeaseMs,
    RoutingDecision Decision,
    Instant At
) : MessageEvent(At);

/// <summary>An attempt ended and it is known that nothing left: safe to give to another device.</summary>
/// <param name="Reason"><c>lease_lapsed</c>, <c>declined</c>, <c>never_left</c>, <c>not_sent</c> …</param>
public sealed record MessageReturned(int Fence, Guid DeviceId, string Reason, string? Code, Instant At)
    : MessageEvent(At);

/// <summary>The device asked to submit and was told yes: the point of no return.</summary>
public sealed record MessageClaimed(int Fence, Guid DeviceId, Guid ConversationId, Instant At)
    : MessageEvent(At);

/// <summary>What is known of one segment; for texts of several segments, and for reports that decide nothing.</summary>
/// <param name="Segment">Counted from 1.</param>
/// <param name="Outcome"><c>accepted</c>, <c>refused</c>, <c>delivered</c>, <c>unconfirmed</c>, <c>pending</c>, <c>undelivered</c>.</param>
/// <param name="Reference">TP-MR, 0 to 255, as the modem gave it; null when it gave none.</param>
/// <param name="At">By the device's clock.</param>
public sealed record SegmentReported(
    int Fence,
    Guid DeviceId,
    int Segment,
    int Of,
    string Outcome,
    int? Reference,
    string? Code,
    Instant At
) : MessageEvent(At);

/// <summary>The network accepted every segment.</summary>
/// <param name="At">By the device's clock.</param>
public sealed record MessageSent(int Fence, Guid DeviceId, int Segments, Instant At) : MessageEvent(At);

/// <summary>Every segment has its positive delivery report.</summary>
/// <param name="At">By the device's clock.</param>
public sealed record MessageDelivered(int Fence, Guid DeviceId, Instant At) : MessageEvent(At);

/// <summary>The network gave up on at least one segment.</summary>
/// <param name="Code">TP-Status in hexadecimal.</param>
/// <param name="Partial">Other segments did arrive, or may have.</param>
/// <param name="At">By the device's clock.</param>
public sealed record MessageUndelivered(int Fence, Guid DeviceId, string Code, bool Partial, Instant At)
    : MessageEvent(At);

/// <summary>The radio or the network refused it, or every try ended before anything left.</summary>
/// <param name="Left">Segments that had left before; 0 when nothing did.</param>
/// <param name="At">By the device's clock when a device said so.</param>
public sealed record MessageFailed(
    int Fence,
    Guid? DeviceId,
    string Reason,
    string? Code,
    int Left,
    Instant At
) : MessageEvent(At);

/// <summary>It was claimed and nobody knows whether it left. It isn't sent again by itself.</summary>
/// <param name="Reason"><c>no_answer_after_claim</c>, or <c>device_unsure</c> when the device itself said so.</param>
/// <param name="Evidence">What the device saw, in its own words; null when it said nothing.</param>
public sealed record MessageDoubted(int Fence, Guid DeviceId, string Reason, string? Evidence, Instant At)
    : MessageEvent(At);

/// <summary>The doubt is settled.</summary>
/// <param name="How"><c>sent</c> or <c>not_sent</c>.</param>
/// <param name="Evidence"><c>device_report</c>, <c>delivery_report</c>, <c>person</c> …</param>
/// <param name="Note">Why, where a person decided and said so.</param>
public sealed record MessageDoubtResolved(
    int Fence,
    string How,
    string Evidence,
    Instant At,
    string? Note = null
) : MessageEvent(At);

/// <summary>
/// It may have left, and somebody decided that it be sent once more all the same: the only way to a second try after a
/// doubt that isn't settled.
/// </summary>
/// <param name="Fence">The attempt in doubt.</param>
/// <param name="Note">Why, in the person's words; null when nothing was said.</param>
public sealed record MessageResendAuthorised(int Fence, string? Note, Instant At) : MessageEvent(At);

/// <summary>Its validity passed before any device claimed it.</summary>
public sealed record MessageExpired(Instant At) : MessageEvent(At);

/// <summary>Somebody wanted it stopped when it was too late for certainty.</summary>
public sealed record MessageCancelRequested(Instant At) : MessageEvent(At);

/// <summary>Stopped before any device claimed it.</summary>
public sealed record MessageCancelled(Instant At) : MessageEvent(At);

/// <summary>The recipient answered.</summary>
public sealed record MessageReplied(Guid InboundId, Guid ConversationId, Instant At) : MessageEvent(At);
