using Gateway.Domain.Webhooks;
using Marten;
using NodaTime;
using Wolverine;

namespace Gateway.Application.Webhooks;

/// <summary>Decide what follows from a call to an endpoint: delivered, tried again later, or given up.</summary>
public sealed record RecordAttempt(AttemptOutcome Outcome);

public static class RecordAttemptHandler
{
    public static async Task<OutgoingMessages> Handle(
        RecordAttempt command,
        WebhookRules rules,
        IDocumentSession session,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var (outcome, now) = (command.Outcome, clock.GetCurrentInstant());
        var id = WebhookDelivery.IdOf(outcome.WebhookId, outcome.EventId);
        var deliveries = new StreamSet<WebhookDelivery>(session, WebhookDelivery.Evolve);
        await deliveries.Load([id], cancellation);
        var decision = deliveries.Decide(
            id,
            Origin.System("webhooks"),
            delivery => WebhookDelivery.Settle(delivery, outcome, rules.Schedule, now)
        );
        deliveries.Append();
        return Follow(outcome, decision.Events, now);
    }

    private static OutgoingMessages Follow(AttemptOutcome outcome, IReadOnlyList<object> events, Instant now)
    {
        var messages = new OutgoingMessages();
        if (events is [WebhookAttempted { NextAttemptAt: { } next }])
        {
            messages.Delay(
                new DeliverWebhook(outcome.WebhookId, outcome.EventId, outcome.Attempt + 1),
                (next - now).ToTimeSpan()
            );
        }

        if (events.Count > 0 && outcome.IsGone)
        {
            messages.Add(new DisableWebhook(outcome.WebhookId, "gone"));
        }

        return messages;
    }
}

/// <summary>Decide what becomes of a delivery whose endpoint is told nothing more.</summary>
public sealed record AbandonDelivery(Guid WebhookId, Guid EventId, string Reason);

public static class AbandonDeliveryHandler
{
    public static async Task Handle(
        AbandonDelivery command,
        IDocumentSession session,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var (webhook, e) = (command.WebhookId, command.EventId);
        var id = WebhookDelivery.IdOf(webhook, e);
        var deliveries = new StreamSet<WebhookDelivery>(session, WebhookDelivery.Evolve);
        await deliveries.Load([id], cancellation);
        deliveries.Decide(
            id,
            Origin.System("webhooks"),
            delivery =>
                WebhookDelivery.Abandon(delivery, webhook, e, command.Reason, clock.GetCurrentInstant())
        );
        deliveries.Append();
    }
}
