using Gateway.Domain.Replays;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Application.Replays;

/// <summary>A replay, and whose it is: asked for whatever runs, and before each of its calls.</summary>
public sealed record WebhookReplayEntry(
    Guid Id,
    string Tenant,
    Guid WebhookId,
    bool IsRunning,
    bool IsOver,
    WebhookReplay Replay
);

/// <summary>Keeps <see cref="WebhookReplayEntry"/> in the transaction of the replay's own events.</summary>
public sealed class WebhookReplayEntryProjection : SingleStreamProjection<WebhookReplayEntry, Guid>
{
    public WebhookReplayEntryProjection()
    {
        Name = "WebhookReplayEntry";
        IncludeType<WebhookReplayEvent>();
    }

    public override WebhookReplayEntry? Evolve(WebhookReplayEntry? entry, Guid id, IEvent e) =>
        WebhookReplay.Evolve(entry?.Replay, id, e.Data) is { } replay
            ? new(
                id,
                e.TenantId,
                replay.Order.WebhookId,
                replay.Status == WebhookReplay.Running,
                replay.IsOver,
                replay
            )
            : null;
}
