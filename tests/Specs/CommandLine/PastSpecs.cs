using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

/// <summary>How the past is asked for, and shown.</summary>
public class PastSpecs
{
    private const string Change = """
        {"from":10,"to":40,"changes":[
          {"path":"/status","before":"queued","after":"sent"},{"path":"/from","before":null,"after":"+447700900001"}],
         "facts":[
        """;

    public static TheoryData<string, string> Asking =>
        new()
        {
            { "messages list --as-of 1234 --limit 1", "/v1/messages?asOf=1234&limit=2" },
            {
                "messages list --as-of 2h --happened-by 2026-01-01 --limit 1",
                "/v1/messages?asOf=2026-01-01T10%3A00%3A00.000000Z&happenedBy=2026-01-01T00%3A00%3A00.000000Z&limit=2"
            },
            {
                $"messages show {Answers.Id} --as-of before:{Answers.Id}",
                $"/v1/messages/{Answers.Id}?asOf=before%3A{Answers.Id}"
            },
            { $"messages show {Answers.Id} --facts 2", $"/v1/messages/{Answers.Id}?version=2" },
            { "conversations list --as-of 7 --limit 1", "/v1/conversations?asOf=7&limit=2" },
            { $"conversations show {Answers.Id} --as-of 7", $"/v1/conversations/{Answers.Id}?asOf=7" },
            {
                $"conversations entries {Answers.Id} --as-of 7 --limit 1",
                $"/v1/conversations/{Answers.Id}/entries?asOf=7&limit=2"
            },
            { "devices list --as-of 7", "/v1/devices?asOf=7" },
            { $"devices show {Answers.Id} --as-of 7", $"/v1/devices/{Answers.Id}?asOf=7" },
            {
                $"devices health {Answers.Id} --day 2026-01-01 --as-of 7",
                $"/v1/devices/{Answers.Id}/health?day=2026-01-01&asOf=7"
            },
            { "webhooks list --as-of 7", "/v1/webhooks?asOf=7" },
            { $"webhooks show {Answers.Id} --as-of 7", $"/v1/webhooks/{Answers.Id}?asOf=7" },
            { "keys list --as-of 7", "/v1/keys?asOf=7" },
            { $"messages diff {Answers.Id} --from 7", $"/v1/messages/{Answers.Id}/diff?from=7" },
            {
                $"conversations diff {Answers.Id} --from 7 --to 9",
                $"/v1/conversations/{Answers.Id}/diff?from=7&to=9"
            },
            { $"devices diff {Answers.Id} --from 7", $"/v1/devices/{Answers.Id}/diff?from=7" },
            { $"webhooks diff {Answers.Id} --from 7", $"/v1/webhooks/{Answers.Id}/diff?from=7" },
        };

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Every_reading_command_asks_about_the_past_in_the_same_words(string line, string path)
    {
        using var trial = Trial.SignedIn(Problem(404, "moment-is-too-early", "Nothing was known."));

        var ended = await trial.Run(line);

        Assert.Equal((1, "Nothing was known. (moment-is-too-early)\n"), (ended.Code, ended.Error));
        Assert.Equal(path, Assert.Single(trial.Network.Asked).Path);
    }

    [Fact]
    public async Task On_what_the_answer_rests_is_said_beside_it_and_can_be_asked_for_again()
    {
        using var trial = Trial.SignedIn(At(41, Answers.Page(null, Answers.Message("queued"))));

        var ended = await trial.Run("messages list --as-of 2h");

        Assert.Equal((0, "As of position 41.\n"), (ended.Code, ended.Error));
        Assert.Contains("queued", ended.Lines[1]);
    }

    [Fact]
    public async Task A_long_list_of_the_past_keeps_to_the_past_on_every_page()
    {
        using var trial = Trial.SignedIn(
            At(41, Answers.Page("next", Answers.Message("queued"))),
            At(41, Answers.Page(null, Answers.Message("queued")))
        );

        Assert.Equal(2, (await trial.Run("messages list --as-of 41 --all -q")).Lines.Count);
        Assert.Equal(
            ["/v1/messages?asOf=41&limit=500", "/v1/messages?asOf=41&limit=500&cursor=next"],
            trial.Network.Asked.Select(asked => asked.Path)
        );
    }

    [Fact]
    public async Task A_difference_is_what_changed_and_the_facts_that_changed_it()
    {
        using var trial = Trial.SignedIn(Json($"{Change}{Answers.Fact(4, "message_sent")}]}}"));

        var ended = await trial.Run($"messages diff {Answers.Id} --from 10");

        Assert.Equal(
            """
            PATH     BEFORE  AFTER
            /status  queued  sent
            /from            +447700900001

            VERSION  RECORDED                  TYPE          ACTOR
            4        2026-01-01T12:00:04.000Z  message_sent  system:router

            """,
            ended.Out
        );
        Assert.Equal("From position 10 to position 40.\n", ended.Error);
    }

    [Fact]
    public async Task A_difference_as_json_is_the_gateways_answer()
    {
        using var trial = Trial.SignedIn(Json($"{Change}]}}"));

        Assert.StartsWith(
            """{"from":10,"to":40,"changes":[{"path":"/status","before":"queued","after":"sent"}""",
            (await trial.Run($"messages diff {Answers.Id} --from 10 --json")).Lines[0]
        );
    }

    private static Func<HttpResponseMessage> At(long position, string json) =>
        () =>
        {
            var answer = Json(json)();
            answer.Headers.Add("As-Of-Position", $"{position}");
            return answer;
        };
}
