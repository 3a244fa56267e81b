using Gateway.Domain;
using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Webhooks;

public class WebhookDeliverySpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Guid Hook = new("0198a000-0000-7000-8000-000000000001");
    private static readonly Guid Event = new("0198a000-0000-7000-8000-000000000002");
    private static readonly AttemptOutcome Taken = new(Hook, Event, "message.sent", 1, 204, null, 12, null);
    private static readonly AttemptOutcome Broken = Taken with { StatusCode = 500 };
    private static readonly WebhookAttempted First = new(
        Hook,
        Event,
        "message.sent",
        1,
        500,
        null,
        12,
        Noon,
        Noon
    );

    [Fact]
    public void Any_answer_of_2xx_delivers() =>
        Assert.Equal(
            [
                First with
                {
                    StatusCode = 204,
                    NextAttemptAt = null,
                },
                new WebhookDelivered(Hook, Event, 1, Noon),
            ],
            Settle(null, Taken).Events
        );

    [Theory]
    [InlineData(500)]
    [InlineData(301)]
    [InlineData(404)]
    [InlineData(null)]
    public void Anything_else_is_tried_again(int? status)
    {
        var attempted = Assert.IsType<WebhookAttempted>(
            Assert.Single(Settle(null, Taken with { StatusCode = status }).Events)
        );
        Assert.InRange((attempted.NextAttemptAt!.Value - Noon).TotalSeconds, 4.5, 5.5);
    }

    [Fact]
    public void After_the_last_attempt_it_is_given_up() =>
        Assert.Equal(
            new WebhookGivenUp(Hook, Event, "attempts_used_up", 10, Noon),
            Settle(Fold(First with { Attempt = 9 }), Broken with { Attempt = 10 }).Events[^1]
        );

    [Fact]
    public void A_receiver_that_is_gone_is_not_tried_again() =>
        Assert.Equal(
            new WebhookGivenUp(Hook, Event, "gone", 1, Noon),
            Settle(null, Taken with { StatusCode = 410 }).Events[^1]
        );

    [Fact]
    public void An_attempt_is_recorded_once() => Assert.Equal(Decision.Nothing, Settle(Fold(First), Broken));

    [Fact]
    public void After_a_delivery_nothing_follows() =>
        Assert.Equal(
            Decision.Nothing,
            Settle(Fold(First, new WebhookDelivered(Hook, Event, 1, Noon)), Broken with { Attempt = 2 })
        );

    [Fact]
    public void A_removed_endpoint_ends_what_was_tried_and_leaves_no_trace_of_what_was_not()
    {
        Assert.Equal(
            [new WebhookGivenUp(Hook, Event, "removed", 1, Noon)],
            WebhookDelivery.Abandon(Fold(First), Hook, Event, "removed", Noon).Events
        );
        Assert.Equal(Decision.Nothing, WebhookDelivery.Abandon(null, Hook, Event, "removed", Noon));
    }

    private static Decision Settle(WebhookDelivery? delivery, AttemptOutcome outcome) =>
        WebhookDelivery.Settle(delivery, outcome, RetrySchedule.Standard, Noon);

    private static WebhookDelivery Fold(params object[] history) =>
        history.Aggregate(
            (WebhookDelivery?)null,
            (delivery, e) => WebhookDelivery.Evolve(delivery, WebhookDelivery.IdOf(Hook, Event), e)
        )!;
}
