using Gateway.Domain.Webhooks;

namespace Gateway.Specs.Webhooks;

public class WebhookUrlSpecs
{
    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://example.com:8443/hook?a=b")]
    [InlineData("https://8.8.8.8/hook")]
    [InlineData("https://[2606:4700:4700::1111]/hook")]
    [InlineData("https://bücher.example/")]
    public void A_public_https_address_may_be_registered(string url) =>
        Assert.Null(WebhookUrl.Check(url, allowPrivate: false));

    [Theory]
    [InlineData("")]
    [InlineData("/hook")]
    [InlineData("example.com/hook")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com@127.0.0.1/")]
    public void What_is_no_plain_web_address_is_refused(string url) =>
        Assert.IsType<WebhookUrlIsInvalid>(WebhookUrl.Check(url, allowPrivate: true));

    [Fact]
    public void An_address_has_at_most_2048_characters() =>
        Assert.IsType<WebhookUrlIsInvalid>(
            WebhookUrl.Check("https://example.com/" + new string('a', 2029), allowPrivate: true)
        );

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://a.localhost/")]
    public void A_private_address_is_refused_however_it_is_written(string url) =>
        Assert.IsType<WebhookAddressIsPrivate>(WebhookUrl.Check(url, allowPrivate: false));

    [Fact]
    public void A_public_address_without_TLS_is_refused() =>
        Assert.IsType<WebhookUrlIsNotHttps>(WebhookUrl.Check("http://example.com/", allowPrivate: false));

    [Fact]
    public void The_operator_may_allow_private_addresses_and_plain_http() =>
        Assert.Null(WebhookUrl.Check("http://127.0.0.1:9000/", allowPrivate: true));
}
