namespace Gateway.Domain.Webhooks;

public sealed record WebhookIsUnknown()
    : Rejection("webhook-is-unknown", RejectionKind.Missing, "There is no webhook with this id.");

public sealed record WebhookIsDisabled()
    : Rejection(
        "webhook-is-disabled",
        RejectionKind.Conflict,
        "The webhook is disabled; register its address again."
    );

public sealed record WebhookEventIsUnknown(string Event)
    : Rejection(
        "webhook-event-is-unknown",
        RejectionKind.Unprocessable,
        $"There is no event type '{(Event.Length > 64 ? Event[..64] : Event)}'. Known: {string.Join(", ", WebhookEventTypes.All)}, x.* for a group, and *."
    );

public sealed record WebhookUrlIsInvalid(string Why)
    : Rejection("webhook-url-is-invalid", RejectionKind.Unprocessable, Why);

public sealed record WebhookUrlIsNotHttps()
    : Rejection(
        "webhook-url-is-not-https",
        RejectionKind.Unprocessable,
        "A webhook is called over https only."
    );

public sealed record WebhookAddressIsPrivate()
    : Rejection(
        "webhook-address-is-private",
        RejectionKind.Unprocessable,
        "The address is not a public one; the operator can allow it with Webhooks:AllowPrivateAddresses."
    );
