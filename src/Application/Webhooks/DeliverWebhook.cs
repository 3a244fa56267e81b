using Marten;
using Wolverine;

namespace Gateway.Application.Webhooks;

/// <summary>Tell one event to one endpoint.</summary>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Deferrals">How often it found the endpoint busy in this attempt.</param>
public sealed record DeliverWebhook(Guid WebhookId, Guid EventId, int Attempt, int Deferrals = 0);

/// <summary>
/// Makes the call and hands on how it went; what follows is decided elsewhere. Killed in between, the call is made again,
/// with the same id: delivery is at least once.
/// </summary>
public static class DeliverWebhookHandler
{
    private const int LongestDeferralSeconds = 32;

    public static async Task<OutgoingMessages> Handle(
        DeliverWebhook command,
        IDocumentSession session,
        EndpointPlaces places,
        WebhookCalls calls,
        CancellationToken cancellation
    )
    {
        var endpoint = await session.LoadAsync<WebhookEndpoint>(command.WebhookId, cancellation);
        var secret = await session.LoadAsync<WebhookSecret>(command.WebhookId, cancellation);
        if (endpoint is not { IsActive: true } || secret is null)
        {
            var reason = endpoint is { IsActive: false } ? "disabled" : "removed";
            return [new AbandonDelivery(command.WebhookId, command.EventId, reason)];
        }

        if (await session.Events.LoadAsync(command.EventId, cancellation) is not { } e)
        {
            return [];
        }

        using var place = await places.Take(endpoint.Id, cancellation);
        if (place is null)
        {
            return Deferred(command);
        }

        var outcome = await calls.Tell(session, endpoint, secret, e, command.Attempt, null, cancellation);
        return [new RecordAttempt(outcome)];
    }

    /// <summary>Later, and later each time, up to half a minute: a slow endpoint holds up nobody else.</summary>
    private static OutgoingMessages Deferred(DeliverWebhook command)
    {
        var messages = new OutgoingMessages();
        var seconds = Math.Min(1 << Math.Min(command.Deferrals, 10), LongestDeferralSeconds);
        messages.Delay(command with { Deferrals = command.Deferrals + 1 }, TimeSpan.FromSeconds(seconds));
        return messages;
    }
}
