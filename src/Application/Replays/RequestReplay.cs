using Gateway.Application.Webhooks;
using Gateway.Domain;
using Gateway.Domain.Replays;
using Marten;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Replays;

/// <summary>Have a part of the log told to a webhook again.</summary>
/// <param name="WebhookReplayId">Of the new replay.</param>
/// <param name="Wanted">What is told, with what it comes to.</param>
public sealed record RequestReplay(Guid WebhookReplayId, WebhookReplayRequested Wanted);

public static class RequestReplayHandler
{
    public static async Task<(Decision, Events)> Handle(
        RequestReplay command,
        [WriteModel] WebhookReplay? replay,
        IDocumentSession session,
        CancellationToken cancellation
    )
    {
        var webhook = command.Wanted.WebhookId;
        var endpoint = await session.LoadAsync<WebhookEndpoint>(webhook, cancellation);
        var current = await session
            .Query<WebhookReplayEntry>()
            .FirstOrDefaultAsync(entry => entry.WebhookId == webhook && !entry.IsOver, cancellation);
        var decision = WebhookReplay.Request(endpoint?.Webhook, replay ?? current?.Replay, command.Wanted);
        return (decision, [.. decision.Events]);
    }
}
