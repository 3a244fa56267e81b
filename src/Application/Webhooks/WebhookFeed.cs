using System.Collections.Concurrent;
using Gateway.Domain.Webhooks;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Wolverine;
using Wolverine.Marten.Subscriptions;

namespace Gateway.Application.Webhooks;

/// <summary>
/// Reads the events in the order of the store and has each told to the endpoints that asked for it. The orders for that
/// are stored in the transaction that also stores how far was read, so none is lost and none is given twice.
/// </summary>
public sealed class WebhookFeed : BatchSubscription
{
    /// <summary>Where each endpoint's own registration stands in the store; it never changes, so it is read once.</summary>
    private readonly ConcurrentDictionary<Guid, long> starts = new();

    public WebhookFeed()
        : base("Webhooks")
    {
        // Not SubscribeFromPresent: that forgets at each start what came while nobody listened. Instead an endpoint is
        // told what stands behind its registration, wherever the reading begins.
        Options.BatchSize = 1000;
        foreach (var fact in WebhookEventTypes.Facts)
        {
            IncludeType(fact);
        }
    }

    /// <inheritdoc />
    public override async Task ProcessEventsAsync(
        EventRange page,
        ISubscriptionController controller,
        IDocumentOperations operations,
        IMessageBus bus,
        CancellationToken cancellationToken
    )
    {
        var tenants = page.Events.Select(e => e.TenantId).Distinct().ToArray();
        var endpoints = await operations
            .Query<WebhookEndpoint>()
            .Where(endpoint => endpoint.TenantIsOneOf(tenants) && endpoint.IsActive)
            .ToListAsync(cancellationToken);
        if (endpoints.Count == 0)
        {
            return;
        }

        await LoadStarts(operations, endpoints, cancellationToken);
        var byTenant = endpoints.ToLookup(endpoint => endpoint.Tenant);
        foreach (var e in page.Events)
        {
            foreach (var endpoint in byTenant[e.TenantId].Where(endpoint => IsFor(endpoint, e)))
            {
                await bus.PublishAsync(
                    new DeliverWebhook(endpoint.Id, e.Id, 1),
                    new() { TenantId = e.TenantId, CorrelationId = e.CorrelationId }
                );
            }
        }
    }

    private bool IsFor(WebhookEndpoint endpoint, IEvent e) =>
        e.Data is WebhookTestRequested
            ? e.StreamId == endpoint.Id
            : e.Sequence > starts.GetValueOrDefault(endpoint.Id, long.MaxValue)
                && WebhookEventTypes.NameOf(e.Data) is { } name
                && endpoint.Webhook.Wants(name);

    private async Task LoadStarts(
        IDocumentOperations operations,
        IReadOnlyList<WebhookEndpoint> endpoints,
        CancellationToken cancellation
    )
    {
        var unknown = endpoints.Select(e => e.Id).Where(id => !starts.ContainsKey(id)).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        var registrations = await operations
            .Events.QueryAllRawEvents()
            .Where(e => e.AnyTenant() && e.StreamId.IsOneOf(unknown) && e.Version == 1)
            .ToListAsync(cancellation);
        foreach (var registered in registrations)
        {
            starts[registered.StreamId] = registered.Sequence;
        }
    }
}
