using NodaTime;

namespace Gateway.Domain.Webhooks;

/// <summary>The telling of one event to one endpoint, through all its attempts.</summary>
/// <param name="Attempts">How many are recorded.</param>
/// <param name="IsOver">Delivered or given up: nothing more follows.</param>
public sealed record WebhookDelivery(Guid Id, int Attempts, bool IsOver)
{
    /// <summary>The same for every attempt, so that each can be found again.</summary>
    public static Guid IdOf(Guid webhookId, Guid eventId) =>
        DerivedId.Of("delivery", webhookId.ToString(), eventId.ToString());

    /// <summary>Folds one event into the state.</summary>
    public static WebhookDelivery? Evolve(WebhookDelivery? delivery, Guid id, object @event) =>
        @event switch
        {
            WebhookAttempted e => new(
                id,
                Math.Max(delivery?.Attempts ?? 0, e.Attempt),
                delivery?.IsOver ?? false
            ),
            WebhookDelivered or WebhookGivenUp => new(id, delivery?.Attempts ?? 0, true),
            _ => delivery,
        };

    /// <summary>Takes in how an attempt went and says what follows. An attempt that is recorded already changes nothing.</summary>
    public static Decision Settle(
        WebhookDelivery? delivery,
        AttemptOutcome outcome,
        RetrySchedule schedule,
        Instant at
    )
    {
        if (delivery is { IsOver: true } || delivery?.Attempts >= outcome.Attempt)
        {
            return Decision.Nothing;
        }

        var (webhook, e, n) = (outcome.WebhookId, outcome.EventId, outcome.Attempt);
        var next =
            outcome.IsDelivered || outcome.IsGone
                ? null
                : schedule.After(IdOf(webhook, e), n, outcome.RetryAfterMs);
        var attempted = new WebhookAttempted(
            webhook,
            e,
            outcome.EventType,
            n,
            outcome.StatusCode,
            outcome.Error,
            outcome.DurationMs,
            at + next,
            at
        );

        return outcome.IsDelivered ? Decision.Record(attempted, new WebhookDelivered(webhook, e, n, at))
            : outcome.IsGone ? Decision.Record(attempted, new WebhookGivenUp(webhook, e, "gone", n, at))
            : next is null
                ? Decision.Record(attempted, new WebhookGivenUp(webhook, e, "attempts_used_up", n, at))
            : Decision.Record(attempted);
    }

    /// <summary>The endpoint is told nothing more. What was never tried leaves no trace.</summary>
    public static Decision Abandon(
        WebhookDelivery? delivery,
        Guid webhookId,
        Guid eventId,
        string reason,
        Instant at
    ) =>
        delivery switch
        {
            null or { IsOver: true } => Decision.Nothing,
            _ => Decision.Record(new WebhookGivenUp(webhookId, eventId, reason, delivery.Attempts, at)),
        };
}

/// <summary>How one call went.</summary>
/// <param name="StatusCode">Null when no answer came; then <paramref name="Error"/> says why.</param>
/// <param name="RetryAfterMs">Milliseconds that the receiver asked to wait; null when it didn't.</param>
public sealed record AttemptOutcome(
    Guid WebhookId,
    Guid EventId,
    string EventType,
    int Attempt,
    int? StatusCode,
    string? Error,
    long DurationMs,
    long? RetryAfterMs
)
{
    /// <summary>Any 2xx; a redirect is not followed and counts as a failure.</summary>
    public bool IsDelivered => StatusCode is >= 200 and < 300;

    /// <summary>410: the receiver wants to hear nothing more.</summary>
    public bool IsGone => StatusCode == 410;
}
