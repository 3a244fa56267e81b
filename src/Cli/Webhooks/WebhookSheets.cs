using Gateway.Cli.Showing;
using Gateway.Client.Webhooks;

namespace Gateway.Cli.Webhooks;

/// <summary>How webhooks are shown.</summary>
public static class WebhookSheets
{
    public static Sheet<Webhook> Webhooks { get; } =
        new(
            "No webhooks; add one with: gateway webhooks add",
            webhook => webhook.Id.ToString(),
            [
                new("Id", webhook => webhook.Id.ToString()),
                new("Status", webhook => webhook.Status, Style: webhook => Words.Colour(webhook.Status)),
                new("Url", webhook => webhook.Url),
                new("Events", webhook => Words.Of(webhook.Events), Wraps: true),
                new("Description", webhook => webhook.Description, Wraps: true),
                new("Created", webhook => Words.Of(webhook.CreatedAt)),
                new("Disabled", webhook => Words.Of(webhook.DisabledAt)),
                new("Because", webhook => webhook.DisabledReason),
            ]
        );

    public static Sheet<MadeWebhook> Made { get; } =
        new(
            "",
            webhook => webhook.Id.ToString(),
            [
                new("Id", webhook => webhook.Id.ToString()),
                new("Url", webhook => webhook.Url),
                new("Events", webhook => Words.Of(webhook.Events)),
                new("Description", webhook => webhook.Description),
                new("Secret", webhook => webhook.Secret),
            ]
        );

    public static Sheet<WebhookAttempt> Attempts { get; } =
        new(
            "No calls yet.",
            attempt => attempt.EventId.ToString(),
            [
                new("At", attempt => Words.Exactly(attempt.At)),
                new("Event", attempt => attempt.EventType),
                new("Event id", attempt => attempt.EventId.ToString()),
                new("Attempt", attempt => Words.Of(attempt.Attempt)),
                new("Outcome", attempt => attempt.Outcome, Style: attempt => Words.Colour(attempt.Outcome)),
                new("Answer", attempt => Words.Of(attempt.StatusCode) ?? attempt.Error),
                new("Took", attempt => $"{attempt.DurationMs} ms"),
                new("Next", attempt => Words.Of(attempt.NextAttemptAt)),
            ]
        );
}
