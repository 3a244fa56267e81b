using System.Net;
using System.Text.Json;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

public class SendingSpecs
{
    private static readonly Func<HttpResponseMessage> Taken = Json(Answers.Accepted, HttpStatusCode.Accepted);

    [Fact]
    public async Task Everything_that_can_be_said_of_a_text_reaches_the_gateway()
    {
        using var trial = Trial.SignedIn(Taken);

        await trial.Run(
            "send +447700900123 \"@eight: shall we meet?\" --from +447700900001 --device "
                + $"{Answers.Id} --send-at 2h --valid-for 1d --priority 9 --tag a --tag b --no-report "
                + "--metadata {} --idempotency-key order-1"
        );
        var body = JsonSerializer.Deserialize<JsonElement>(trial.Network.Asked[0].Body);

        Assert.Equal("@eight: shall we meet?", body.GetProperty("text").GetString());
        Assert.Equal("+447700900001", body.GetProperty("from").GetString());
        Assert.Equal(Answers.Id, body.GetProperty("deviceId").GetString());
        Assert.Equal(Trial.Noon.AddHours(2), body.GetProperty("sendAt").GetDateTimeOffset());
        Assert.Equal(86_400, body.GetProperty("validFor").GetInt32());
        Assert.Equal(9, body.GetProperty("priority").GetInt32());
        Assert.Equal(2, body.GetProperty("tags").GetArrayLength());
        Assert.False(body.GetProperty("deliveryReport").GetBoolean());
        Assert.Equal("order-1", trial.Network.Asked[0].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task The_purpose_of_reading_goes_along_for_the_record()
    {
        using var trial = Trial.SignedIn(Json("[]"), Json("[]"));

        await trial.Run("devices list --purpose \"case 17\"");
        trial.Variables["GATEWAY_PURPOSE"] = "case 18";
        await trial.Run("devices list");

        Assert.Equal(
            ["case 17", "case 18"],
            trial.Network.Asked.Select(asked => asked.Header("Access-Purpose"))
        );
    }

    [Fact]
    public async Task A_text_can_come_from_the_standard_input()
    {
        using var trial = new Trial
        {
            Input = "Two\nlines\n",
            Network = new(Taken),
            Variables = { ["GATEWAY_URL"] = "http://gateway.example", ["GATEWAY_KEY"] = "gk_test" },
        };

        await trial.Run("send +447700900123 -");

        Assert.Contains("\"Two\\nlines\"", trial.Network.Asked[0].Body);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_key_even_when_nobody_gave_one()
    {
        using var trial = Trial.SignedIn(Refused(), Taken);

        Assert.Equal(0, (await trial.Run("send +447700900123 Hello")).Code);
        var key = Assert.Single(
            trial.Network.Asked.Select(asked => asked.Header("Idempotency-Key")).Distinct()
        );
        Assert.StartsWith("cli-", key);
    }

    [Fact]
    public async Task When_no_answer_comes_at_all_it_says_how_to_send_it_only_once()
    {
        using var trial = Trial.SignedIn(Refused(), Refused(), Refused());

        var ended = await trial.Run("send +447700900123 Hello --idempotency-key order-1");

        Assert.Equal(3, ended.Code);
        Assert.Contains("Repeat with --idempotency-key order-1", ended.Error);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_sent()
    {
        using var trial = Trial.SignedIn(
            Taken,
            Json(Answers.Message("queued")),
            Json(Answers.Message("sending")),
            Json(Answers.Message("sent"))
        );

        var ended = await trial.Run("send +447700900123 Hello --wait");

        Assert.Equal((0, "queued …\nsending …\nsent …\n"), (ended.Code, ended.Error));
        Assert.Contains("Status      sent", ended.Out);
    }

    [Fact]
    public async Task Waiting_for_delivery_goes_on_when_it_is_only_sent()
    {
        using var trial = Trial.SignedIn(
            Taken,
            Json(Answers.Message("sent")),
            Json(Answers.Message("delivered"))
        );

        var ended = await trial.Run("send +447700900123 Hello --wait-delivered --json");

        Assert.Equal(
            "delivered",
            JsonSerializer.Deserialize<JsonElement>(ended.Out).GetProperty("status").GetString()
        );
    }

    [Theory]
    [InlineData("failed", "The message is failed.")]
    [InlineData("undelivered", "The message is undelivered.")]
    [InlineData("in_doubt", "Nobody knows whether it left; it is not sent again by itself.")]
    public async Task A_text_that_did_not_go_out_ends_with_code_1(string status, string sentence)
    {
        using var trial = Trial.SignedIn(Taken, Json(Answers.Message(status)));

        var ended = await trial.Run("send +447700900123 Hello --wait");

        Assert.Equal(1, ended.Code);
        Assert.EndsWith(sentence + "\n", ended.Error);
    }

    [Fact]
    public async Task Patience_ends()
    {
        using var trial = Trial.SignedIn(Taken, Json(Answers.Message("held")));

        var ended = await trial.Run("send +447700900123 Hello --wait --patience 0s");

        Assert.Equal(1, ended.Code);
        Assert.Contains("The message is still held", ended.Error);
    }
}
