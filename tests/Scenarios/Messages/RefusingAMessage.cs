using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Gateway.Scenarios.Messages;

public class RefusingAMessage(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    public static TheoryData<string, HttpStatusCode, string> Bodies =>
        new()
        {
            { """{"to":"not a number","text":"Hello"}""", HttpStatusCode.BadRequest, "request-is-malformed" },
            { """{"to":"+447700900123","text":""}""", HttpStatusCode.BadRequest, "request-is-malformed" },
            { """{"to":"+447700900123"}""", HttpStatusCode.BadRequest, "request-is-malformed" },
            {
                """{"to":"+447700900123","text":"a\u0000b"}""",
                HttpStatusCode.BadRequest,
                "request-is-malformed"
            },
            {
                """{"to":"+447700900123","text":"half \ud83d"}""",
                HttpStatusCode.BadRequest,
                "request-is-malformed"
            },
            {
                """{"to":"+447700900123","text":"x","priority":11}""",
                HttpStatusCode.BadRequest,
                "request-is-malformed"
            },
            {
                """{"to":"+447700900123","text":"x","sendAt":"tomorrow"}""",
                HttpStatusCode.BadRequest,
                "request-is-malformed"
            },
            {
                """{"to":"+447700900123","text":"x","metadata":[1]}""",
                HttpStatusCode.BadRequest,
                "request-is-malformed"
            },
            { """{"to":"+447700900123","text":""", HttpStatusCode.BadRequest, "request-is-malformed" },
            { "[]", HttpStatusCode.BadRequest, "request-is-malformed" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_is_malformed_is_refused_with_a_problem_document(
        string body,
        HttpStatusCode status,
        string code
    )
    {
        await using var tenant = await (await shared.Host).NewTenant();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await tenant.Http.PostAsync(
            "/v1/messages",
            content,
            TestContext.Current.CancellationToken
        );
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(
            TestContext.Current.CancellationToken
        );

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_text_of_too_many_segments_is_refused_and_says_how_many()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var problem = await tenant.Post(
            "/v1/messages",
            new { to = Alice, text = new string('a', 5000) },
            HttpStatusCode.UnprocessableEntity
        );

        Assert.Equal("message-is-too-long", problem.GetProperty("code").GetString());
        Assert.Contains("33 segments", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_of_a_megabyte_and_another_content_type_are_refused()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        using var large = new StringContent(new string('x', 1_000_000), Encoding.UTF8, "application/json");
        using var tooLarge = await tenant.Http.PostAsync(
            "/v1/messages",
            large,
            TestContext.Current.CancellationToken
        );
        using var form = new StringContent("to=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var wrongType = await tenant.Http.PostAsync(
            "/v1/messages",
            form,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrongType.StatusCode);
        Assert.Equal("body-is-too-large", await Code(tooLarge));
        Assert.Equal("content-type-is-not-json", await Code(wrongType));
    }

    [Fact]
    public async Task The_same_key_and_body_is_one_message_and_another_body_is_refused()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var body = new
        {
            to = Alice,
            text = "Once",
            tags = new[] { "a" },
        };

        var first = await tenant.Post("/v1/messages", body, HttpStatusCode.Accepted, "key-1");
        var again = await tenant.Post("/v1/messages", body, HttpStatusCode.Accepted, "key-1");
        var other = await tenant.Post(
            "/v1/messages",
            new { to = Alice, text = "Twice" },
            HttpStatusCode.UnprocessableEntity,
            "key-1"
        );

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("idempotency-key-is-used", other.GetProperty("code").GetString());
        var queued = await tenant.Get("/v1/audit?type=message_queued");
        Assert.Single(queued.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Twins_at_the_same_moment_start_one_message()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ =>
                    tenant.Post(
                        "/v1/messages",
                        new { to = Alice, text = "Once" },
                        HttpStatusCode.Accepted,
                        "twin"
                    )
                )
        );
        var queued = await tenant.Get("/v1/audit?type=message_queued");

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Single(queued.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_message_and_a_cursor_of_garbage_are_clear_errors()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var unknown = await tenant.Get($"/v1/messages/{Guid.CreateVersion7()}", HttpStatusCode.NotFound);
        var garbage = await tenant.Get("/v1/messages?cursor=%00!garbage", HttpStatusCode.BadRequest);
        var status = await tenant.Get("/v1/messages?status=lost", HttpStatusCode.BadRequest);
        var moment = await tenant.Get("/v1/audit?since=yesterday", HttpStatusCode.BadRequest);

        Assert.Equal("message-is-unknown", unknown.GetProperty("code").GetString());
        Assert.Equal("cursor-is-invalid", garbage.GetProperty("code").GetString());
        Assert.Equal("status-is-unknown", status.GetProperty("code").GetString());
        Assert.Equal("moment-is-invalid", moment.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_message_that_was_claimed_can_not_be_stopped_but_that_it_was_wanted_is_kept()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();

        var doubted = await tenant.Send("+447700900002", "Nobody knows");
        await tenant.Until(doubted, "in_doubt");
        var problem = await tenant.Post($"/v1/messages/{doubted}/cancel", new { }, HttpStatusCode.Conflict);

        Assert.Equal("message-has-left", problem.GetProperty("code").GetString());
        Assert.Equal("message_cancel_requested", (await tenant.Facts(doubted))[^1]);
    }

    [Fact]
    public async Task A_waiting_message_can_be_stopped_and_stays_stopped()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Alice, "Don't");

        await tenant.Post($"/v1/messages/{id}/cancel", new { }, HttpStatusCode.NoContent);
        await tenant.Post($"/v1/messages/{id}/cancel", new { }, HttpStatusCode.NoContent);
        await tenant.Connect();
        var other = await tenant.Send(Alice, "Do");
        await tenant.Until(other, "delivered");

        await tenant.Until(id, "cancelled");
        Assert.Single(await tenant.Facts(id), fact => fact == "message_cancelled");
    }

    private static async Task<string?> Code(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
