using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Domain.Replays;

/// <summary>A fact about telling a webhook again what happened.</summary>
public abstract record WebhookReplayEvent(Guid WebhookId, Instant At);

/// <summary>Somebody wanted a part of the log told again. Always the first event; it fixes what is told.</summary>
/// <param name="After">Begins behind this position.</param>
/// <param name="UpTo">Ends with this one.</param>
/// <param name="Events">The types that are told, such as <c>message.sent</c>; each is one that the webhook asked for.</param>
/// <param name="Number">Only what concerns it; null for all.</param>
/// <param name="Device">Only what concerns it; null for all.</param>
/// <param name="Stream">Only of this message, device …; null for all.</param>
/// <param name="RatePerSecond">So many calls at most.</param>
/// <param name="Total">How many facts that is.</param>
public sealed record WebhookReplayRequested(
    Guid WebhookId,
    long After,
    long UpTo,
    IReadOnlyList<string> Events,
    Msisdn? Number,
    Guid? Device,
    Guid? Stream,
    int RatePerSecond,
    long Total,
    Instant At
) : WebhookReplayEvent(WebhookId, At);

/// <summary>How far it has come; recorded every few seconds, since a fact per call would bury the others.</summary>
/// <param name="Position">Up to which everything was told.</param>
/// <param name="Sent">Facts that the receiver took, since the beginning.</param>
/// <param name="Failed">Calls that failed, since the beginning.</param>
public sealed record WebhookReplayAdvanced(Guid WebhookId, long Position, long Sent, long Failed, Instant At)
    : WebhookReplayEvent(WebhookId, At);

/// <summary>It waits until somebody resumes it.</summary>
/// <param name="Reason">
/// <c>asked</c>; <c>attempts_used_up</c> or <c>gone</c> when the receiver failed; <c>gateway_failed</c>.
/// </param>
/// <param name="Failure">The call that failed last; null when none did.</param>
public sealed record WebhookReplayPaused(Guid WebhookId, string Reason, FailedCall? Failure, Instant At)
    : WebhookReplayEvent(WebhookId, At);

/// <summary>Somebody let it go on from where it was.</summary>
public sealed record WebhookReplayResumed(Guid WebhookId, Instant At) : WebhookReplayEvent(WebhookId, At);

/// <summary>It ended early, for good.</summary>
/// <param name="Reason"><c>asked</c>; <c>disabled</c> or <c>removed</c> when the webhook was.</param>
public sealed record WebhookReplayStopped(Guid WebhookId, string Reason, Instant At)
    : WebhookReplayEvent(WebhookId, At);

/// <summary>The receiver took everything.</summary>
/// <param name="Sent">Facts that were told.</param>
/// <param name="Failed">Calls that failed on the way.</param>
public sealed record WebhookReplayFinished(Guid WebhookId, long Sent, long Failed, Instant At)
    : WebhookReplayEvent(WebhookId, At);

/// <summary>A call of a replay that failed.</summary>
/// <param name="EventId">What was told.</param>
/// <param name="Position">Where that stands in the log.</param>
/// <param name="StatusCode">HTTP; null when no answer came, then <paramref name="Error"/> says why.</param>
public sealed record FailedCall(Guid EventId, long Position, int? StatusCode, string? Error);
