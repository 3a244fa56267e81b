using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

/// <summary>Why, what led to what, who read, and what facts look like.</summary>
public class AuditSpecs
{
    [Fact]
    public async Task A_story_marks_the_step_that_decided_and_what_happened_around_it()
    {
        using var trial = Trial.SignedIn(
            Json(
                $$"""
                {"id":"{{Answers.Id}}","status":"held","markers":[],"decidedBy":"{{Answers.FactId(
                    3
                )}}","correlation":"c",
                 "steps":[{{Step(1, "queued", "Accepted.")}},{{Step(
                    2,
                    "queued",
                    "The device went silent.",
                    false
                )}},
                          {{Step(3, "held", "Nobody can carry it.")}}]}
                """
            )
        );

        var ended = await trial.Run($"messages why {Answers.Id}");

        Assert.Equal(
            """
               RECORDED                  STATUS  WHAT HAPPENED
               2026-01-01T12:00:01.000Z  queued  Accepted.
            ~  2026-01-01T12:00:02.000Z  queued  The device went silent.
            *  2026-01-01T12:00:03.000Z  held    Nobody can carry it.

            """,
            ended.Out
        );
        Assert.Equal(
            "* decided it   ~ happened around it\nWhat else came of the same request: gateway audit graph c\n",
            ended.Error
        );
    }

    [Fact]
    public async Task What_led_to_what_is_a_tree_in_the_order_of_the_log()
    {
        using var trial = Trial.SignedIn(
            Json(
                $$"""
                {"correlation":"c","roots":["{{Answers.FactId(1)}}"],"more":false,
                 "causes":[{"from":"{{Answers.FactId(1)}}","to":"{{Answers.FactId(3)}}"},
                           {"from":"{{Answers.FactId(1)}}","to":"{{Answers.FactId(2)}}"},
                           {"from":"{{Answers.FactId(2)}}","to":"{{Answers.FactId(4)}}"}],
                 "facts":[{{Answers.Fact(1, "message_queued")}},{{Answers.Fact(2, "message_dispatched")}},
                          {{Answers.Fact(3, "opted_out")}},{{Answers.Fact(4, "message_sent")}}]}
                """
            )
        );

        var ended = await trial.Run("audit graph c");

        Assert.Equal(
            ["message_queued", "  message_dispatched", "    message_sent", "  opted_out"],
            ended.Lines.Skip(1).Select(line => line.Replace('\u00A0', ' ')[..22].TrimEnd())
        );
        Assert.Equal("/v1/audit/graph?correlation=c", trial.Network.Asked[0].Path);
    }

    [Fact]
    public async Task Who_read_is_told_with_what_and_why()
    {
        var list = """{"what":"entries","purpose":"case 17"}""";
        var feed = """{"what":"feed","after":12,"upTo":90,"narrowed":"message_sent","purpose":null}""";
        using var trial = Trial.SignedIn(
            Json(
                Answers.Page(
                    null,
                    Answers.Fact(1, "content_read", list, actor: "key:1"),
                    Answers.Fact(2, "content_read", feed, actor: "key:2")
                )
            )
        );

        var ended = await trial.Run($"audit readings --conversation {Answers.Id} --direct-only --limit 5");

        Assert.Equal(
            """
            WHEN                      WHO    WHAT                                     WHY
            2026-01-01T12:00:01.000Z  key:1  entries                                  case 17
            2026-01-01T12:00:02.000Z  key:2  feed, behind 12 up to 90 (message_sent)

            """,
            ended.Out
        );
        Assert.Equal(
            $"/v1/audit/readings?conversation={Answers.Id}&everything=false&limit=6",
            trial.Network.Asked[0].Path
        );
    }

    [Theory]
    [InlineData("""{"count":17,"isExact":true}""", "Facts  17\n")]
    [InlineData("""{"count":10000,"isExact":false}""", "Facts  more than 10000\n")]
    public async Task Facts_are_counted_exactly_or_it_is_said(string json, string shown)
    {
        using var trial = Trial.SignedIn(Json(json));

        Assert.Equal(shown, (await trial.Run("audit count --types message_failed --until 1d --after 5")).Out);
        Assert.Equal(
            "/v1/audit/count?types=message_failed&until=2025-12-31T12%3A00%3A00.000000Z&after=5",
            trial.Network.Asked[0].Path
        );
    }

    [Fact]
    public async Task The_feed_is_read_up_to_now_and_no_further_than_is_shown()
    {
        using var trial = Trial.SignedIn(
            Json($$"""{"items":[{{Answers.Fact(1, "a")}},{{Answers.Fact(2, "b")}}],"after":20,"more":true}""")
        );

        var ended = await trial.Run("events list --after 5 --limit 1");

        Assert.Equal("There are more; see them with --limit 2 or --all.\n", ended.Error);
        Assert.Equal(2, ended.Lines.Count);
        Assert.Equal("/v1/events?after=5&limit=2", Assert.Single(trial.Network.Asked).Path);
    }

    [Fact]
    public async Task What_facts_look_like_is_listed_and_shown_as_json_schema()
    {
        const string Sent = """{"type":"message_sent","version":2,"read":[1,2],"schema":{"type":"object"}}""";
        using var trial = Trial.SignedIn(Json($"[{Sent}]"), Json(Sent), Json(Sent));

        Assert.Equal(
            "TYPE          VERSION  READ\nmessage_sent  2        1, 2\n",
            (await trial.Run("events schemas")).Out
        );
        Assert.Equal("{\n  \"type\": \"object\"\n}\n", (await trial.Run("events schemas message_sent")).Out);
        Assert.Equal("{\"type\":\"object\"}\n", (await trial.Run("events schemas message_sent -q")).Out);
    }

    private static string Step(int version, string status, string says, bool isOwn = true) =>
        $$"""
            {"says":"{{says}}","status":"{{status}}","markers":[],"isOwn":{{(isOwn ? "true" : "false")}},
             "fact":{{Answers.Fact(version, "some_fact")}}}
            """;
}
