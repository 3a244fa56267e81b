using NodaTime;

namespace Gateway.Domain.Webhooks;

/// <summary>An address that is told what happens.</summary>
/// <param name="DisabledReason">Null while it is told.</param>
public sealed record Webhook(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    Instant CreatedAt,
    string? DisabledReason,
    Instant? DisabledAt,
    Instant? RemovedAt
)
{
    /// <summary>Whether it is told anything now.</summary>
    public bool IsActive => DisabledAt is null && RemovedAt is null;

    /// <summary>Folds one event into the state.</summary>
    public static Webhook? Evolve(Webhook? webhook, Guid id, object @event) =>
        (webhook, @event) switch
        {
            (null, WebhookRegistered e) => new(id, e.Url, e.Events, e.Description, e.At, null, null, null),
            ({ } w, WebhookDisabled e) => w with
            {
                DisabledReason = w.DisabledReason ?? e.Reason,
                DisabledAt = w.DisabledAt ?? e.At,
            },
            ({ } w, WebhookRemoved e) => w with { RemovedAt = w.RemovedAt ?? e.At },
            _ => webhook,
        };

    /// <summary>Takes an address in, once; unknown event types and addresses that may not be called are refused.</summary>
    public static Decision Register(Webhook? webhook, WebhookRegistered registered, bool allowPrivate) =>
        WebhookUrl.Check(registered.Url, allowPrivate) is { } refused ? refused
        : registered.Events.FirstOrDefault(type => !WebhookEventTypes.IsKnown(type)) is { } unknown
            ? new WebhookEventIsUnknown(unknown)
        : webhook is null ? Decision.Record(registered)
        : Decision.Nothing;

    /// <summary>Asks for a trial delivery.</summary>
    public static Decision Try(Webhook? webhook, Instant at) =>
        webhook switch
        {
            null or { RemovedAt: not null } => new WebhookIsUnknown(),
            { DisabledAt: not null } => new WebhookIsDisabled(),
            _ => Decision.Record(new WebhookTestRequested(at)),
        };

    /// <summary>Stops telling it, because its receiver said so.</summary>
    public static Decision Disable(Webhook? webhook, string reason, Instant at) =>
        webhook switch
        {
            null => new WebhookIsUnknown(),
            { IsActive: false } => Decision.Nothing,
            _ => Decision.Record(new WebhookDisabled(reason, at)),
        };

    /// <summary>Takes it away, for good.</summary>
    public static Decision Remove(Webhook? webhook, Instant at) =>
        webhook switch
        {
            null => new WebhookIsUnknown(),
            { RemovedAt: not null } => Decision.Nothing,
            _ => Decision.Record(new WebhookRemoved(at)),
        };

    /// <summary>Whether it asked for events of this type.</summary>
    public bool Wants(string eventType) => Events.Any(asked => WebhookEventTypes.Covers(asked, eventType));
}
