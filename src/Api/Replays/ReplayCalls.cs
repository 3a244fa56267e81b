using Gateway.Application.Replays;
using Gateway.Application.Webhooks;
using Gateway.Domain.Webhooks;
using Marten;

namespace Gateway.Api.Replays;

/// <summary>
/// Makes the calls of replays. They are no live deliveries: they take none of their places, stand in none of their queues,
/// and never disable a webhook.
/// </summary>
public sealed class ReplayCalls(IDocumentStore store, WebhookCalls calls)
{
    /// <summary>Tells one fact, if the replay still runs. Without an outcome it was not told.</summary>
    /// <returns>How it went; or <c>disabled</c> or <c>removed</c>, when the webhook was.</returns>
    public async Task<(AttemptOutcome? Outcome, string? Webhook)> Tell(
        WebhookReplayEntry replay,
        Guid fact,
        int attempt,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(replay.Tenant);
        if (!await Runs(session, replay.Id, cancellation))
        {
            return (null, null);
        }

        var endpoint = await session.LoadAsync<WebhookEndpoint>(replay.WebhookId, cancellation);
        var secret = await session.LoadAsync<WebhookSecret>(replay.WebhookId, cancellation);
        if (endpoint is null || secret is null)
        {
            return (null, "removed");
        }

        if (!endpoint.IsActive)
        {
            return (null, "disabled");
        }

        var e = await session.Events.LoadAsync(fact, cancellation);
        return (await calls.Tell(session, endpoint, secret, e!, attempt, replay.Id, cancellation), null);
    }

    /// <summary>Whether nobody has paused or stopped it.</summary>
    public async Task<bool> Runs(WebhookReplayEntry replay, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(replay.Tenant);
        return await Runs(session, replay.Id, cancellation);
    }

    private static async Task<bool> Runs(IQuerySession session, Guid id, CancellationToken cancellation) =>
        await session.LoadAsync<WebhookReplayEntry>(id, cancellation) is { IsRunning: true };
}
