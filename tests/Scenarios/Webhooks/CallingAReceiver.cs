using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Application.Webhooks;
using Gateway.Domain.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Gateway.Scenarios.Webhooks;

public class CallingAReceiver
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_fifteen_seconds()
    {
        await using var receiver = await Receiver.Start((_, http) => Task.Delay(-1, http.RequestAborted));
        using var calls = Calls(allowPrivate: true);

        var call = Post(calls, receiver.Url);
        await receiver.Wait(1);
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new CallAnswer(null, "timeout", 15_000, null), await call);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        var brokenOff = new TaskCompletionSource();
        await using var receiver = await Receiver.Start(
            async (_, http) =>
            {
                http.Response.StatusCode = StatusCodes.Status200OK;
                using var noticed = http.RequestAborted.Register(brokenOff.SetResult);
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.Body.WriteAsync(new byte[64 * 1024], http.RequestAborted);
                }
            }
        );
        using var calls = Calls(allowPrivate: true);

        Assert.Equal(200, (await Post(calls, receiver.Url)).StatusCode);
        await brokenOff.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        await using var target = await Receiver.Start();
        await using var receiver = await Receiver.Start(
            (_, http) =>
            {
                http.Response.Redirect(target.Url, permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            }
        );
        using var calls = Calls(allowPrivate: true);

        Assert.Equal(307, (await Post(calls, receiver.Url)).StatusCode);
        Assert.Empty(target.Calls);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task No_connection_is_made_to_a_private_address(string host)
    {
        await using var receiver = await Receiver.Start();
        using var calls = Calls(allowPrivate: false);

        var answer = await Post(calls, $"http://{host}:{new Uri(receiver.Url).Port}/");

        Assert.Equal((null, "address_refused"), (answer.StatusCode, answer.Error));
        Assert.Empty(receiver.Calls);
    }

    [Theory]
    [InlineData(429, 120_000L)]
    [InlineData(503, 120_000L)]
    [InlineData(500, null)]
    public async Task A_busy_receiver_may_say_when_it_wants_to_be_asked_again(int status, long? wait)
    {
        await using var receiver = await Receiver.Start(
            (_, http) =>
            {
                http.Response.StatusCode = status;
                http.Response.Headers.RetryAfter = "120";
                return Task.CompletedTask;
            }
        );
        using var calls = Calls(allowPrivate: true);

        Assert.Equal(wait, (await Post(calls, receiver.Url)).RetryAfterMs);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_with_its_reason()
    {
        await using var receiver = await Receiver.Start(certificate: SelfSigned());
        using var calls = Calls(allowPrivate: true);

        var answer = await Post(calls, receiver.Url);

        Assert.Null(answer.StatusCode);
        Assert.StartsWith("tls_failed: ", answer.Error);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task Where_nobody_listens_the_connection_is_refused()
    {
        using var calls = Calls(allowPrivate: true);
        Assert.Equal("connection_refused", (await Post(calls, "http://127.0.0.1:1/")).Error);
    }

    private static Task<CallAnswer> Post(WebhookCalls calls, string url) =>
        calls.Post(url, WebhookSecret.Make(), "an-id", "{}", null, TestContext.Current.CancellationToken);

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create();
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            now.AddDays(-1),
            now.AddDays(1)
        );
    }

    private WebhookCalls Calls(bool allowPrivate) =>
        new(
            new WebhookRules(allowPrivate, RetrySchedule.Standard, RetrySchedule.Replay),
            SystemClock.Instance,
            time
        );
}
