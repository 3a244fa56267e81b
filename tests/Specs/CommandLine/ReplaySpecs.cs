using System.Text.Json;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

/// <summary>The facts of one thing, one by one.</summary>
public class ReplaySpecs
{
    private const string Line = $"replay --stream {Answers.Id}";

    [Fact]
    public async Task Each_fact_is_shown_with_what_it_changed()
    {
        using var trial = Trial.SignedIn(ADevice());

        var ended = await trial.Run(Line);

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(
            $"""
            10  2026-01-01T12:00:01.000Z  device_paired  device:1  name=phone
                /id          = {Answers.Id}
                /name        = phone
                /status      = offline
                /connected   = false
                /pairedAt    = 2026-01-01T12:00:00.000000Z
                /lastSeenAt  = 2026-01-01T12:00:00.000000Z
            20  2026-01-01T12:00:02.000Z  device_connected  system:router
                /status     offline → online
                /connected  false → true
            30  2026-01-01T12:00:03.000Z  device_retired  key:1
                /status  online → retired

            """,
            ended.Out
        );
        Assert.Equal(
            [
                $"/v1/audit?stream={Answers.Id}&limit=500",
                $"/v1/devices/{Answers.Id}?asOf=10",
                $"/v1/devices/{Answers.Id}?asOf=20",
                $"/v1/devices/{Answers.Id}?asOf=30",
            ],
            trial.Network.Asked.Select(asked => asked.Path)
        );
    }

    [Fact]
    public async Task All_that_it_was_after_each_fact_can_be_shown_instead()
    {
        using var trial = Trial.SignedIn(ADevice());

        var ended = await trial.Run($"{Line} --whole");

        Assert.Equal(
            3,
            ended.Lines.Count(line => line.TrimStart().StartsWith("pairedAt", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task As_json_each_line_is_a_fact_with_the_state_after_it_and_the_changes()
    {
        using var trial = Trial.SignedIn(ADevice());

        var second = JsonSerializer.Deserialize<JsonElement>(
            (await trial.Run($"{Line} --json --step")).Lines[1]
        );

        Assert.Equal(20, second.GetProperty("fact").GetProperty("position").GetInt64());
        Assert.Equal("online", second.GetProperty("state").GetProperty("status").GetString());
        Assert.Equal(
            """[{"path":"/status","before":"offline","after":"online"},{"path":"/connected","before":false,"after":true}]""",
            second.GetProperty("changes").GetRawText()
        );
    }

    [Theory]
    [InlineData("\n\n", 3, 2)]
    [InlineData("q\n", 1, 1)]
    [InlineData("", 1, 1)]
    [InlineData("s\n\nq\n", 2, 3)]
    public async Task Step_by_step_a_person_says_when_to_go_on(string typed, int facts, int questions)
    {
        using var trial = At(typed, isInteractive: true);

        var ended = await trial.Run($"{Line} --step");

        Assert.Equal(facts, ended.Lines.Count(IsFact));
        Assert.Equal(questions, ended.Error.Split("Enter: the next fact").Length - 1);
    }

    [Fact]
    public async Task Asked_for_the_state_it_is_shown_whole()
    {
        using var trial = At("s\nq\n", isInteractive: true);

        var ended = await trial.Run($"{Line} --step");

        Assert.Contains("    status      offline", ended.Out);
    }

    [Fact]
    public async Task Without_a_person_steps_are_not_waited_for()
    {
        using var trial = At("", isInteractive: false);

        var ended = await trial.Run($"{Line} --step");

        Assert.Equal((3, ""), (ended.Lines.Count(IsFact), ended.Error));
    }

    [Fact]
    public async Task A_message_is_read_by_its_own_count_of_facts()
    {
        using var trial = Trial.SignedIn(
            Json(Answers.Page(null, Answers.Fact(1, "message_queued"), Answers.Fact(2, "message_sent"))),
            Json(Answers.Message("queued")),
            Json(Answers.Message("sent"))
        );

        Assert.Contains("    /status  queued → sent", (await trial.Run(Line)).Lines);
        Assert.EndsWith("?version=2", trial.Network.Asked[^1].Path);
    }

    [Fact]
    public async Task A_conversation_lives_by_the_facts_of_its_texts()
    {
        const string Other = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";
        const string Conversation = $$"""
            {"id":"{{Other}}","line":"+447700900001","remote":"+447700900123","unread":0,
             "lastAt":"2026-01-01T12:00:00.000000Z","last":null}
            """;
        using var trial = Trial.SignedIn(
            Json(Answers.Page(null)),
            Json(Conversation),
            Json(Answers.Page(null, Answers.Message("queued"))),
            Json(
                Answers.Page(
                    null,
                    Answers.Fact(1, "message_queued"),
                    Answers.Fact(2, "message_queued", stream: Answers.FactId(9)),
                    Answers.Fact(3, "conversation_read", stream: Other)
                )
            ),
            Problem(404, "moment-is-too-early", "Nothing was known."),
            Json(Conversation)
        );

        var ended = await trial.Run($"replay --stream {Other}");

        Assert.Equal(["10", "30"], ended.Lines.Where(IsFact).Select(line => line[..2]));
        Assert.Contains("    /remote  = +447700900123", ended.Lines);
        Assert.Equal("/v1/audit?number=%2B447700900123&limit=500", trial.Network.Asked[3].Path);
    }

    [Fact]
    public async Task What_has_no_facts_does_not_exist()
    {
        using var trial = Trial.SignedIn(
            Json(Answers.Page(null)),
            Problem(404, "conversation-is-unknown", "There is none.")
        );

        Assert.Equal(new Ended(1, "", "There is nothing with this id.\n"), await trial.Run(Line));
    }

    private static bool IsFact(string line) => line.Length > 0 && char.IsAsciiDigit(line[0]);

    private static Trial At(string typed, bool isInteractive) =>
        new()
        {
            Input = typed,
            IsInteractive = isInteractive,
            Network = new(ADevice()),
            Variables = { ["GATEWAY_URL"] = "http://gateway.example", ["GATEWAY_KEY"] = "gk_test" },
        };

    private static IEnumerable<Func<HttpResponseMessage>> ADevice() =>
        [
            Json(
                Answers.Page(
                    null,
                    Answers.Fact(1, "device_paired", """{"name":"phone"}""", actor: "device:1"),
                    Answers.Fact(2, "device_connected"),
                    Answers.Fact(3, "device_retired", actor: "key:1")
                )
            ),
            Device("offline", "false"),
            Device("online", "true"),
            Device("retired", "true"),
        ];

    private static Func<HttpResponseMessage> Device(string status, string connected) =>
        Json(
            $$"""
            {"id":"{{Answers.Id}}","name":"phone","model":null,"status":"{{status}}","connected":{{connected}},
             "pairedAt":"2026-01-01T12:00:00.000000Z","lastSeenAt":"2026-01-01T12:00:00.000000Z","sims":[],"live":[]}
            """
        );
}
