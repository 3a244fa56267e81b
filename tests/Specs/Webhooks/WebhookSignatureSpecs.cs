using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Webhooks;

public class WebhookSignatureSpecs
{
    // The example of the Standard Webhooks libraries' own tests.
    [Fact]
    public void The_example_of_the_specification_is_signed_alike() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.FromUnixTimeSeconds(1614265330),
                """{"test": 2432232314}"""
            )
        );
}
