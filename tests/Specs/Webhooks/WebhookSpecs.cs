using Gateway.Domain;
using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Webhooks;

public class WebhookSpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Instant Later = Noon + Duration.FromHours(1);
    private static readonly WebhookRegistered Registered = new(
        "https://example.com/hook",
        ["message.*"],
        null,
        Noon
    );

    [Fact]
    public void Registering_the_same_id_twice_makes_one_webhook()
    {
        Assert.Equal([Registered], Webhook.Register(null, Registered, false).Events);
        Assert.Equal(Decision.Nothing, Webhook.Register(Fold(Registered), Registered, false));
    }

    [Fact]
    public void An_event_type_that_does_not_exist_is_refused() =>
        Assert.Equal(
            new WebhookEventIsUnknown("fax.sent"),
            Webhook.Register(null, Registered with { Events = ["message.sent", "fax.sent"] }, false).Rejection
        );

    [Fact]
    public void A_private_address_is_refused_unless_it_is_allowed()
    {
        var here = Registered with { Url = "http://127.0.0.1/" };
        Assert.Equal(new WebhookAddressIsPrivate(), Webhook.Register(null, here, false).Rejection);
        Assert.Equal([here], Webhook.Register(null, here, true).Events);
    }

    [Fact]
    public void It_wants_what_it_asked_for()
    {
        Assert.True(Fold(Registered).Wants("message.sent"));
        Assert.False(Fold(Registered).Wants("consent.opted_out"));
    }

    [Fact]
    public void A_receiver_that_is_gone_is_told_nothing_more_until_it_is_registered_again()
    {
        var disabled = new WebhookDisabled("gone", Later);
        Assert.Equal([disabled], Webhook.Disable(Fold(Registered), "gone", Later).Events);
        Assert.False(Fold(Registered, disabled).IsActive);
        Assert.Equal(Decision.Nothing, Webhook.Disable(Fold(Registered, disabled), "gone", Later));
        Assert.Equal(new WebhookIsDisabled(), Webhook.Try(Fold(Registered, disabled), Later).Rejection);
    }

    [Fact]
    public void Removing_twice_is_removing_once()
    {
        var removed = new WebhookRemoved(Later);
        Assert.Equal([removed], Webhook.Remove(Fold(Registered), Later).Events);
        Assert.Equal(Decision.Nothing, Webhook.Remove(Fold(Registered, removed), Later));
        Assert.Equal(new WebhookIsUnknown(), Webhook.Remove(null, Later).Rejection);
    }

    [Fact]
    public void A_removed_webhook_cannot_be_tried() =>
        Assert.Equal(
            new WebhookIsUnknown(),
            Webhook.Try(Fold(Registered, new WebhookRemoved(Later)), Later).Rejection
        );

    private static Webhook Fold(params object[] history) =>
        history.Aggregate((Webhook?)null, (webhook, e) => Webhook.Evolve(webhook, Guid.Empty, e))!;
}
