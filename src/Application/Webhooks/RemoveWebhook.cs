using Gateway.Domain;
using Gateway.Domain.Webhooks;
using Marten;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Webhooks;

/// <summary>Tell an address nothing more, and forget its secret.</summary>
public sealed record RemoveWebhook(Guid WebhookId);

public static class RemoveWebhookHandler
{
    public static (Decision, Events) Handle(
        RemoveWebhook command,
        [WriteModel] Webhook? webhook,
        IDocumentSession session,
        IClock clock
    )
    {
        var decision = Webhook.Remove(webhook, clock.GetCurrentInstant());
        if (decision.IsChange)
        {
            session.Delete<WebhookSecret>(command.WebhookId);
        }

        return (decision, [.. decision.Events]);
    }
}
