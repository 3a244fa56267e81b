using Gateway.Domain.Messages;
using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Webhooks;

public class WebhookEventTypeSpecs
{
    [Theory]
    [InlineData("*", "device.connected")]
    [InlineData("message.*", "message.in_doubt")]
    [InlineData("message.sent", "message.sent")]
    public void A_name_a_group_and_the_star_cover_an_event_type(string asked, string name) =>
        Assert.True(WebhookEventTypes.Covers(asked, name));

    [Theory]
    [InlineData("message.*", "device.connected")]
    [InlineData("message.sent", "message.delivered")]
    [InlineData("message", "message.sent")]
    [InlineData("message.s*", "message.sent")]
    [InlineData(".*", "message.sent")]
    [InlineData("", "message.sent")]
    public void Nothing_else_does(string asked, string name) =>
        Assert.False(WebhookEventTypes.Covers(asked, name));

    [Fact]
    public void A_group_that_does_not_exist_is_unknown() => Assert.False(WebhookEventTypes.IsKnown("fax.*"));

    [Fact]
    public void A_trial_need_not_and_cannot_be_asked_for() =>
        Assert.False(WebhookEventTypes.IsKnown(WebhookEventTypes.Test));

    [Fact]
    public void Each_event_type_is_a_group_and_a_name_in_snake_case() =>
        Assert.All(
            WebhookEventTypes.All,
            name => Assert.Matches("^(message|consent|device)\\.[a-z_]+$", name)
        );

    [Fact]
    public void A_doubted_message_is_told_as_in_doubt() =>
        Assert.Equal(
            "message.in_doubt",
            WebhookEventTypes.NameOf(new MessageDoubted(1, Guid.Empty, "", null, Instant.MinValue))
        );
}
