using NodaTime;

namespace Gateway.Domain.Webhooks;

/// <summary>A fact about telling one event to one endpoint.</summary>
public abstract record WebhookDeliveryEvent(Guid WebhookId, Guid EventId, Instant At);

/// <summary>The endpoint was called, or the call was refused or broke.</summary>
/// <param name="EventType">The name outside, such as <c>message.sent</c>.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="StatusCode">HTTP; null when no answer came.</param>
/// <param name="Error">Stable code, such as <c>timeout</c>, for TLS with its reason; null when an answer came.</param>
/// <param name="DurationMs">Milliseconds from the start to the answer or the break.</param>
/// <param name="NextAttemptAt">When it is tried again; null when it isn't.</param>
/// <param name="At">When the call ended.</param>
public sealed record WebhookAttempted(
    Guid WebhookId,
    Guid EventId,
    string EventType,
    int Attempt,
    int? StatusCode,
    string? Error,
    long DurationMs,
    Instant? NextAttemptAt,
    Instant At
) : WebhookDeliveryEvent(WebhookId, EventId, At);

/// <summary>The endpoint took it: an answer of 2xx.</summary>
public sealed record WebhookDelivered(Guid WebhookId, Guid EventId, int Attempts, Instant At)
    : WebhookDeliveryEvent(WebhookId, EventId, At);

/// <summary>It isn't tried any more.</summary>
/// <param name="Reason"><c>attempts_used_up</c>, <c>gone</c>, <c>disabled</c> or <c>removed</c>.</param>
public sealed record WebhookGivenUp(Guid WebhookId, Guid EventId, string Reason, int Attempts, Instant At)
    : WebhookDeliveryEvent(WebhookId, EventId, At);
