using System.Net;
using Gateway.Client;
using Gateway.Client.History;
using Gateway.Client.Messages;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.Client;

public class AskingSpecs
{
    private const string AMessage = """
        {"id":"0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4","direction":"outbound","status":"sent","markers":[],"from":null,
         "to":"+447700900123","text":"Hello","segments":1,"conversationId":null,"deviceId":null,"attempts":1,"tags":["a"],
         "metadata":{"order":17},"queuedAt":"2026-01-01T12:00:00.123456Z","sendAt":null,
         "lastAt":"2026-01-01T12:00:01.000000Z","version":4,"answers":null,"invented":{"later":[1,2]}}
        """;

    private const string Accepted = """
        {"id":"0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4","status":"queued","to":"+447700900123","encoding":"gsm7",
         "segments":1,"acceptedAt":"2026-01-01T12:00:00Z","sendAt":null,"expiresAt":"2026-01-02T12:00:00Z"}
        """;

    private static readonly Guid Id = new("0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4");
    private static readonly GatewayClientOptions Hasty = new() { Pause = TimeSpan.Zero };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fields_that_a_newer_gateway_adds_are_passed_over()
    {
        var network = new Recording(Json(AMessage));

        var message = await Gateway(network).Messages.Read(Id, Cancellation);

        Assert.Equal(MessageStatus.Sent, message.Status);
        Assert.Equal(17, message.Metadata!.Value.GetProperty("order").GetInt32());
        Assert.Equal(new(2026, 1, 1, 12, 0, 0, 123, 456, TimeSpan.Zero), message.QueuedAt);
    }

    [Fact]
    public async Task A_list_follows_the_cursors_to_the_last_page()
    {
        var network = new Recording(
            Json($$"""{"items":[{{AMessage}},{{AMessage}}],"next":"abc"}"""),
            Json($$"""{"items":[{{AMessage}}],"next":null}""")
        );
        var filter = new MessageFilter { Number = "+447700900123" };

        var messages = await Gateway(network)
            .Messages.List(filter, pageSize: 2, cancellation: Cancellation)
            .ToListAsync(Cancellation);

        Assert.Equal(3, messages.Count);
        Assert.Equal(
            [
                "/v1/messages?number=%2B447700900123&limit=2",
                "/v1/messages?number=%2B447700900123&limit=2&cursor=abc",
            ],
            network.Asked.Select(asked => asked.Path)
        );
    }

    [Fact]
    public async Task Who_stops_reading_a_list_fetches_no_more_pages()
    {
        var network = new Recording(Json($$"""{"items":[{{AMessage}},{{AMessage}}],"next":"abc"}"""));

        await Gateway(network).Messages.List(cancellation: Cancellation).FirstAsync(Cancellation);

        Assert.Single(network.Asked);
    }

    [Fact]
    public async Task A_gateway_may_live_below_a_path()
    {
        var network = new Recording(Json(AMessage));
        using var http = new HttpClient(network) { BaseAddress = new("https://example.com/sms") };

        await new GatewayClient(http).Messages.Read(Id, Cancellation);

        Assert.Equal($"/sms/v1/messages/{Id}", network.Asked[0].Path);
    }

    [Fact]
    public async Task What_a_text_leaves_out_is_left_out_on_the_wire()
    {
        var network = new Recording(Json(Accepted, HttpStatusCode.Accepted));
        var text = new SendMessage("+447700900123", "Hello") { ValidForSeconds = 60 };

        await Gateway(network).Messages.Send(text, "order-1", Cancellation);

        Assert.Equal("""{"to":"\u002B447700900123","text":"Hello","validFor":60}""", network.Asked[0].Body);
        Assert.Equal("order-1", network.Asked[0].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task A_refusal_tells_its_code_its_reason_and_what_is_wrong_with_each_field()
    {
        var network = new Recording(
            Problem(400, "request-is-malformed", "See errors.", ""","errors":{"to":["Not a number."]}""")
        );

        var no = await Assert.ThrowsAsync<GatewayProblemException>(() =>
            Gateway(network).Messages.Send("abc", "Hello", cancellation: Cancellation)
        );

        Assert.Equal(
            ("request-is-malformed", HttpStatusCode.BadRequest, "See errors."),
            (no.Code, no.Status, no.Detail)
        );
        Assert.Equal(["Not a number."], no.Errors["to"]);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_a_problem_too()
    {
        var network = new Recording(() =>
            new(HttpStatusCode.Forbidden) { Content = new StringContent("<html>No</html>") }
        );

        var no = await Assert.ThrowsAsync<GatewayProblemException>(() =>
            Gateway(network).Messages.Read(Id, Cancellation)
        );

        Assert.Equal("http-403", no.Code);
    }

    [Fact]
    public async Task A_read_is_tried_again_when_the_gateway_is_away_for_a_moment()
    {
        var network = new Recording(
            Refused(),
            Problem(503, "database-is-unavailable", "Try again."),
            Json(AMessage)
        );

        await Gateway(network).Messages.Read(Id, Cancellation);

        Assert.Equal(3, network.Asked.Count);
    }

    [Fact]
    public async Task A_text_with_a_key_is_tried_again_with_the_same_key()
    {
        var network = new Recording(Refused(), Json(Accepted, HttpStatusCode.Accepted));

        await Gateway(network).Messages.Send("+447700900123", "Hello", "order-1", Cancellation);

        Assert.Equal(["order-1", "order-1"], network.Asked.Select(asked => asked.Header("Idempotency-Key")));
    }

    [Fact]
    public async Task A_text_without_a_key_is_sent_once()
    {
        var network = new Recording(Refused(), Json(Accepted, HttpStatusCode.Accepted));

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            Gateway(network).Messages.Send("+447700900123", "Hello", cancellation: Cancellation)
        );

        Assert.Single(network.Asked);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        var network = new Recording(Problem(404, "message-is-unknown", "There is none."), Json(AMessage));

        await Assert.ThrowsAsync<GatewayProblemException>(() =>
            Gateway(network).Messages.Read(Id, Cancellation)
        );

        Assert.Single(network.Asked);
    }

    [Fact]
    public async Task The_past_is_asked_for_by_moment_position_or_version()
    {
        var network = new Recording(Enumerable.Repeat(Json(AMessage), 3));
        var noon = new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.FromHours(1));

        await Gateway(network).Messages.ReadThen(Id, new(Moment.At(noon)), Cancellation);
        await Gateway(network).Messages.ReadThen(Id, new(Moment.At(41)), Cancellation);
        await Gateway(network).Messages.ReadVersion(Id, 2, Cancellation);

        Assert.EndsWith("?asOf=2026-01-01T12%3A00%3A00.000000Z", network.Asked[0].Path);
        Assert.EndsWith("?asOf=41", network.Asked[1].Path);
        Assert.EndsWith("?version=2", network.Asked[2].Path);
    }

    private static GatewayClient Gateway(Recording network) => new(network.Client(), Hasty);
}
