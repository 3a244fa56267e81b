using FluentValidation;
using Gateway.Application;
using Gateway.Domain.Webhooks;
using Gateway.Projections.Webhooks;
using NodaTime;

namespace Gateway.Api.Webhooks;

/// <summary>What a new webhook shall be.</summary>
/// <param name="Url">https, without user name and password, at most 2048 characters.</param>
/// <param name="Events">Such as <c>message.sent</c>, <c>message.*</c> for a group, or <c>*</c>.</param>
/// <param name="Description">For people; at most 200 characters.</param>
public sealed record NewWebhook(string? Url, IReadOnlyList<string>? Events, string? Description)
{
    public sealed class Validator : AbstractValidator<NewWebhook>
    {
        public Validator()
        {
            RuleFor(w => w.Url).NotEmpty().MaximumLength(WebhookUrl.MostCharacters);
            RuleFor(w => w.Events).NotEmpty().Must(events => !(events?.Count > 50));
            RuleForEach(w => w.Events).NotEmpty();
            RuleFor(w => w.Description).MaximumLength(200).WholeCharacters();
        }
    }
}

/// <summary>A webhook just made; <paramref name="Secret"/> is shown this once.</summary>
/// <param name="Secret"><c>whsec_</c> and base64: what every call is signed with.</param>
public sealed record MadeWebhook(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    string Secret
);

/// <summary>A webhook as it is read.</summary>
/// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
/// <param name="DisabledReason"><c>gone</c> when the receiver answered 410; null while it is active.</param>
public sealed record ListedWebhook(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Description,
    string Status,
    string? DisabledReason,
    Instant CreatedAt,
    Instant? DisabledAt
)
{
    public static ListedWebhook Of(Webhook webhook) =>
        new(
            webhook.Id,
            webhook.Url,
            webhook.Events,
            webhook.Description,
            webhook.IsActive ? "active" : "disabled",
            webhook.DisabledReason,
            webhook.CreatedAt,
            webhook.DisabledAt
        );
}

/// <summary>One call to a webhook.</summary>
/// <param name="EventId">The value of its <c>webhook-id</c> header: the same for every attempt.</param>
/// <param name="Outcome"><c>delivered</c>, <c>retrying</c> or <c>given_up</c>.</param>
/// <param name="StatusCode">Null when no answer came; then <paramref name="Error"/> says why.</param>
/// <param name="DurationMs">Milliseconds.</param>
public sealed record ListedAttempt(
    Guid EventId,
    string EventType,
    int Attempt,
    string Outcome,
    int? StatusCode,
    string? Error,
    long DurationMs,
    Instant At,
    Instant? NextAttemptAt
)
{
    public static ListedAttempt Of(WebhookAttemptView view) =>
        new(
            view.EventId,
            view.EventType,
            view.Attempt,
            view.StatusCode is >= 200 and < 300 ? "delivered"
                : view.NextAttemptAt is null ? "given_up"
                : "retrying",
            view.StatusCode,
            view.Error,
            view.DurationMs,
            Instant.FromUnixTimeMilliseconds(view.At),
            view.NextAttemptAt is { } next ? Instant.FromUnixTimeMilliseconds(next) : null
        );
}
