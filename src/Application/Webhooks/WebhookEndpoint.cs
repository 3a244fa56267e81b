using Gateway.Domain.Webhooks;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Application.Webhooks;

/// <summary>A webhook that was not removed, and whose it is: asked for every page of new events.</summary>
public sealed record WebhookEndpoint(Guid Id, string Tenant, bool IsActive, Webhook Webhook);

/// <summary>Keeps <see cref="WebhookEndpoint"/> in the transaction of the webhook's own events; a removal deletes it.</summary>
public sealed class WebhookEndpointProjection : SingleStreamProjection<WebhookEndpoint, Guid>
{
    public WebhookEndpointProjection()
    {
        Name = "WebhookEndpoint";
        IncludeType<WebhookEvent>();
    }

    public override WebhookEndpoint? Evolve(WebhookEndpoint? endpoint, Guid id, IEvent e) =>
        Webhook.Evolve(endpoint?.Webhook, id, e.Data) is { RemovedAt: null } webhook
            ? new(id, e.TenantId, webhook.IsActive, webhook)
            : null;
}
