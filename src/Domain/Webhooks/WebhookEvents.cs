using NodaTime;

namespace Gateway.Domain.Webhooks;

/// <summary>A fact in the life of a webhook endpoint. The secret that signs its deliveries is never among them.</summary>
public abstract record WebhookEvent(Instant At);

/// <summary>Somebody asked that facts be told to an address. Always the first event; what was recorded before it is not told.</summary>
/// <param name="Events">Event types such as <c>message.sent</c>, groups such as <c>message.*</c>, or <c>*</c>.</param>
public sealed record WebhookRegistered(
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    Instant At
) : WebhookEvent(At);

/// <summary>Somebody wanted a trial delivery; it takes the road of all others.</summary>
public sealed record WebhookTestRequested(Instant At) : WebhookEvent(At);

/// <summary>It is told nothing more until it is registered again.</summary>
/// <param name="Reason"><c>gone</c> when the receiver answered 410.</param>
public sealed record WebhookDisabled(string Reason, Instant At) : WebhookEvent(At);

/// <summary>Somebody took it away, and its secret with it.</summary>
public sealed record WebhookRemoved(Instant At) : WebhookEvent(At);
