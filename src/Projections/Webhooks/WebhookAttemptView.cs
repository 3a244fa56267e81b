using Gateway.Domain.Webhooks;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace Gateway.Projections.Webhooks;

/// <summary>One call to an endpoint, for its list of attempts. Async: may trail its stream by moments.</summary>
/// <param name="Id">Of the stored event.</param>
/// <param name="Position">Of the stored event; lists are ordered by it.</param>
/// <param name="EventId">What was told; the value of <c>webhook-id</c>.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="At">Unix milliseconds: when the call ended.</param>
/// <param name="NextAttemptAt">Unix milliseconds; null when it isn't tried again.</param>
public sealed record WebhookAttemptView(
    Guid Id,
    long Position,
    Guid WebhookId,
    Guid EventId,
    string EventType,
    int Attempt,
    int? StatusCode,
    string? Error,
    long DurationMs,
    long At,
    long? NextAttemptAt
);

/// <summary>Keeps <see cref="WebhookAttemptView"/>.</summary>
public sealed partial class WebhookAttemptProjection : EventProjection
{
    public WebhookAttemptProjection()
    {
        Name = "WebhookAttempts";
        IncludeType<WebhookAttempted>();
    }

    /// <inheritdoc />
    public override ValueTask ApplyAsync(
        IDocumentOperations operations,
        IEvent e,
        CancellationToken cancellation
    )
    {
        if (e.Data is WebhookAttempted attempted)
        {
            operations.Store(ViewOf(e, attempted));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What one call is shown as.</summary>
    public static WebhookAttemptView ViewOf(IEvent e, WebhookAttempted attempted) =>
        new(
            e.Id,
            e.Sequence,
            attempted.WebhookId,
            attempted.EventId,
            attempted.EventType,
            attempted.Attempt,
            attempted.StatusCode,
            attempted.Error,
            attempted.DurationMs,
            attempted.At.ToUnixTimeMilliseconds(),
            attempted.NextAttemptAt?.ToUnixTimeMilliseconds()
        );
}
