using Gateway.Domain.Messages;
using Gateway.Domain.Webhooks;
using JasperFx.Events;
using Marten;

namespace Gateway.Application.Webhooks;

/// <summary>Tells one event to one endpoint: by the same id and with the same body whenever it is told.</summary>
public static class Telling
{
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="replay">The replay that tells it again; null for the first telling.</param>
    public static async Task<AttemptOutcome> Tell(
        this WebhookCalls calls,
        IQuerySession session,
        WebhookEndpoint endpoint,
        WebhookSecret secret,
        IEvent e,
        int attempt,
        Guid? replay,
        CancellationToken cancellation
    )
    {
        var message =
            e.Data is MessageEvent
                ? await session.Events.AggregateStreamAsync<Message>(
                    e.StreamId,
                    version: e.Version,
                    token: cancellation
                )
                : null;
        var answer = await calls.Post(
            endpoint.Webhook.Url,
            secret.Secret,
            e.Id.ToString(),
            WebhookPayload.Of(e, message),
            replay,
            cancellation
        );
        return new(
            endpoint.Id,
            e.Id,
            WebhookEventTypes.NameOf(e.Data)!,
            attempt,
            answer.StatusCode,
            answer.Error,
            answer.DurationMs,
            answer.RetryAfterMs
        );
    }
}
