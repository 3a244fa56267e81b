using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

/// <summary>What reads the facts, views built anew, and events that could not be taken in.</summary>
public class ProjectionSpecs
{
    private const string Building =
        """{"phase":"building","position":41000,"goal":184203,"eventsPerSecond":3412,"secondsLeft":185}""";

    [Fact]
    public async Task Readers_are_listed_with_how_far_they_are()
    {
        using var trial = Trial.SignedIn(
            Json(
                """
                [{"name":"Views","status":"paused","position":41,"lag":7,"eventsPerSecond":null,
                  "lastMovedAt":"2026-01-01T12:00:00.000000Z","parked":1}]
                """
            )
        );

        Assert.Equal(
            "NAME   STATUS  POSITION  LAG  LAST MOVED            PARKED\nViews  paused  41        7    2026-01-01T12:00:00Z  1\n",
            (await trial.Run("projections list")).Out
        );
    }

    [Theory]
    [InlineData("pause Views --reason moving", "POST /v1/projections/Views/pause {\"reason\":\"moving\"}")]
    [InlineData("resume Views", "POST /v1/projections/Views/resume ")]
    [InlineData("cancel " + Answers.Id, "DELETE /v1/projections/rebuilds/" + Answers.Id + " ")]
    [InlineData(
        "skip " + Answers.Id + " --reason forged",
        "POST /v1/projections/parked/" + Answers.Id + "/skip {\"reason\":\"forged\"}"
    )]
    public async Task What_is_decided_goes_to_the_gateway_with_its_reason(string line, string asked)
    {
        using var trial = Trial.SignedIn(Nothing());

        Assert.Equal(0, (await trial.Run($"projections {line}")).Code);
        var request = Assert.Single(trial.Network.Asked);
        Assert.Equal(asked, $"{request.Method} {request.Path} {request.Body}");
    }

    [Fact]
    public async Task A_rebuild_is_followed_until_every_row_came_out_identical()
    {
        using var trial = Trial.SignedIn(
            Rebuild("running"),
            Rebuild("running"),
            Rebuild("running", Building.Replace("41000", "0")),
            Rebuild("running", Building),
            Rebuild("running", Building.Replace("building", "comparing")),
            Rebuild("finished", "null", View("Messages", 120_000, 0), View("Conversations", 64_203, 0))
        );

        var ended = await trial.Run("projections rebuild Messages Conversations --wait");

        Assert.Equal(
            "waiting …\nbuilding …\nbuilding 41,000 of 184,203 facts, 3,412/s, 3m 05s left\ncomparing …\n",
            ended.Error
        );
        Assert.Equal(
            """
            VIEW           ROWS
            Messages       120,000
            Conversations  64,203
            identical: 184,203 rows

            """,
            ended.Out
        );
        Assert.Equal(0, ended.Code);
        Assert.Equal("""{"views":["Messages","Conversations"]}""", trial.Network.Asked[0].Body);
    }

    [Fact]
    public async Task On_a_terminal_progress_takes_one_line_that_is_gone_in_the_end()
    {
        using var trial = new Trial
        {
            TerminalWidth = 100,
            Network = new(Rebuild("running"), Rebuild("running", Building), Rebuild("finished")),
            Variables = { ["GATEWAY_URL"] = "http://gateway.example", ["GATEWAY_KEY"] = "gk_test" },
        };

        Assert.Equal(
            "\r\e[Kbuilding 41,000 of 184,203 facts, 3,412/s, 3m 05s left\r\e[K",
            (await trial.Run("projections rebuild --wait")).Error
        );
    }

    [Fact]
    public async Task Rows_that_differ_are_named_and_the_exit_code_tells()
    {
        using var trial = Trial.SignedIn(
            Rebuild("running"),
            Rebuild("finished", "null", View("Messages", 120_000, 2, "default/1", "default/2"))
        );

        var ended = await trial.Run("projections rebuild --wait");

        Assert.Equal(1, ended.Code);
        Assert.Equal(
            """
            VIEW      ROWS     DIFFERENT  SUCH AS
            Messages  120,000  2          default/1 default/2
            different: 2 of 120,000 rows

            """,
            ended.Out
        );
        Assert.Equal("Not every row was as the facts say; those just built are in use now.\n", ended.Error);
    }

    [Theory]
    [InlineData("failed", "\"It broke.\"", "It broke.\n")]
    [InlineData("cancelled", "null", "cancelled\n")]
    public async Task A_rebuild_that_came_to_nothing_ends_with_code_1(
        string status,
        string reason,
        string said
    )
    {
        using var trial = Trial.SignedIn(Rebuild("running"), Ended(status, reason));

        Assert.Equal(
            new Ended(1, said, $"The rebuild is {status}.\n"),
            await trial.Run("projections rebuild --wait")
        );
    }

    [Fact]
    public async Task Without_waiting_it_is_said_how_to_follow_it()
    {
        using var trial = Trial.SignedIn(Rebuild("running"), Rebuild("running", Building));

        var begun = await trial.Run("projections rebuild");

        Assert.Equal($"Follow it with: gateway projections rebuilds {Answers.Id}\n", begun.Error);
        Assert.Equal(
            "building 41,000 of 184,203 facts, 3,412/s, 3m 05s left\n",
            (await trial.Run($"projections rebuilds {Answers.Id}")).Out
        );
    }

    [Fact]
    public async Task What_is_tried_again_is_a_rebuild_that_can_be_waited_for()
    {
        using var trial = Trial.SignedIn(
            Rebuild("running"),
            Rebuild("finished", "null", View("Messages", 3, 0))
        );

        var ended = await trial.Run($"projections retry {Answers.Id} --wait --json");

        Assert.Contains("\"status\":\"finished\"", Assert.Single(ended.Lines));
        Assert.Equal($"/v1/projections/parked/{Answers.Id}/retry", trial.Network.Asked[0].Path);
    }

    [Fact]
    public async Task What_is_parked_is_listed_with_its_error()
    {
        using var trial = Trial.SignedIn(
            Json(
                $$"""
                [{"id":"{{Answers.Id}}","reader":"Views","position":41,"error":"It can't be read.",
                  "parkedAt":"2026-01-01T12:00:00.000000Z"}]
                """
            )
        );

        Assert.EndsWith(
            "  Views   41        2026-01-01T12:00:00Z  It can't be read.",
            (await trial.Run("projections parked")).Lines[1]
        );
    }

    private static Func<HttpResponseMessage> Rebuild(
        string status,
        string progress = "null",
        params IReadOnlyList<string> views
    ) => Ended(status, "null", progress, views);

    private static Func<HttpResponseMessage> Ended(
        string status,
        string reason,
        string progress = "null",
        IReadOnlyList<string>? views = null
    ) =>
        Json(
            $$"""
            {"id":"{{Answers.Id}}","views":["Messages"],"status":"{{status}}","progress":{{progress}},
             "results":[{{string.Join(',', views ?? [])}}],"reason":{{reason}},
             "requestedAt":"2026-01-01T12:00:00.000000Z","endedAt":null}
            """
        );

    private static string View(
        string name,
        long rows,
        long differences,
        params IEnumerable<string> examples
    ) =>
        $$"""
            {"view":"{{name}}","position":41,"rows":{{rows}},"digest":"ab","differences":{{differences}},
             "examples":[{{string.Join(',', examples.Select(example => $"\"{example}\""))}}]}
            """;
}
