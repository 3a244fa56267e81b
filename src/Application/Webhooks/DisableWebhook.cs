using Gateway.Domain.Webhooks;
using Marten;
using NodaTime;

namespace Gateway.Application.Webhooks;

/// <summary>Tell an address nothing more, because its receiver said so.</summary>
/// <param name="Reason">As in <see cref="WebhookDisabled"/>.</param>
public sealed record DisableWebhook(Guid WebhookId, string Reason);

public static class DisableWebhookHandler
{
    public static async Task Handle(
        DisableWebhook command,
        IDocumentSession session,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var webhooks = new StreamSet<Webhook>(session, Webhook.Evolve);
        await webhooks.Load([command.WebhookId], cancellation);
        webhooks.Decide(
            command.WebhookId,
            Origin.System("webhooks"),
            webhook => Webhook.Disable(webhook, command.Reason, clock.GetCurrentInstant())
        );
        webhooks.Append();
    }
}
