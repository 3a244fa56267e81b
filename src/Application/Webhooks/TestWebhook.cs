using Gateway.Domain;
using Gateway.Domain.Webhooks;
using NodaTime;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Webhooks;

/// <summary>Send a trial delivery, by the road of all others.</summary>
public sealed record TestWebhook(Guid WebhookId);

public static class TestWebhookHandler
{
    public static (Decision, Events) Handle(TestWebhook command, [WriteModel] Webhook? webhook, IClock clock)
    {
        var decision = Webhook.Try(webhook, clock.GetCurrentInstant());
        return (decision, [.. decision.Events]);
    }
}
