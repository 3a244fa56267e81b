namespace Gateway.Client.Webhooks;

/// <summary>An address that facts are told to.</summary>
/// <param name="Events">Such as <c>message.sent</c>, <c>message.*</c> for a group, or <c>*</c>.</param>
/// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
/// <param name="DisabledReason"><c>gone</c> when the receiver answered 410; null while it is active.</param>
public sealed record Webhook(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    string Status,
    string? DisabledReason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt
);

/// <summary>A webhook just made.</summary>
/// <param name="Secret"><c>whsec_</c> and base64: what every call is signed with. Shown this once.</param>
public sealed record MadeWebhook(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    string Secret
);

/// <summary>One call to a webhook.</summary>
/// <param name="EventId">The value of its <c>webhook-id</c> header: the same for every attempt.</param>
/// <param name="Outcome"><c>delivered</c>, <c>retrying</c> or <c>given_up</c>.</param>
/// <param name="StatusCode">Null when no answer came; then <paramref name="Error"/> says why.</param>
/// <param name="DurationMs">Milliseconds.</param>
public sealed record WebhookAttempt(
    Guid EventId,
    string EventType,
    int Attempt,
    string Outcome,
    int? StatusCode,
    string? Error,
    long DurationMs,
    DateTimeOffset At,
    DateTimeOffset? NextAttemptAt
);

/// <summary>What a new webhook shall be.</summary>
internal sealed record NewWebhook(string Url, IReadOnlyList<string> Events, string? Description);
