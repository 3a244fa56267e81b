using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Scenarios.Webhooks;

public class ManagingWebhooks(WebhookGateways gateways)
{
    [Theory]
    [InlineData("https://127.0.0.1/hook", "message.*", "webhook-address-is-private")]
    [InlineData("https://[::ffff:10.0.0.1]/hook", "message.*", "webhook-address-is-private")]
    [InlineData("http://example.com/hook", "message.*", "webhook-url-is-not-https")]
    [InlineData("https://me:secret@example.com/hook", "message.*", "webhook-url-is-invalid")]
    [InlineData("https://example.com/hook", "fax.sent", "webhook-event-is-unknown")]
    public async Task What_may_not_be_registered_is_refused_under_its_code(
        string url,
        string type,
        string code
    )
    {
        var gateway = await gateways.Strict;
        using var response = await gateway.Client.PostAsJsonAsync(
            "/v1/webhooks",
            new { url, events = new[] { type } },
            TestContext.Current.CancellationToken
        );
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_name_that_leads_to_a_private_address_is_not_called()
    {
        var gateway = await gateways.Strict;
        await using var receiver = await Receiver.Start();
        var port = new Uri(receiver.Url).Port;
        var (id, _) = await gateway.Register($"https://{Dns.GetHostName()}:{port}/", "message.*");

        await gateway.Test(id);
        var attempt = (await gateway.Attempts(id, 1))[^1];

        Assert.Equal("address_refused", attempt.GetProperty("error").GetString());
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_a_removed_webhook_is_not_found()
    {
        var gateway = await gateways.Strict;
        var (id, secret) = await gateway.Register("https://example.com/hook", "consent.*");
        var path = new Uri($"/v1/webhooks/{id}", UriKind.Relative);
        var list = (await gateway.Read("/v1/webhooks")).ToString();
        var cancellation = TestContext.Current.CancellationToken;

        Assert.StartsWith("whsec_", secret);
        Assert.Contains(id, list);
        Assert.DoesNotContain("whsec_", list);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await gateway.Client.DeleteAsync(path, cancellation)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await gateway.Client.DeleteAsync(path, cancellation)).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync(path, cancellation)).StatusCode);
    }
}
