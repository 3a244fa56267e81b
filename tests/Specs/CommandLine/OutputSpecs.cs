using System.Text.Json;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

public class OutputSpecs
{
    private const string LongText =
        "The quick brown fox jumps over the lazy dog, again and again and again and again.";

    [Fact]
    public async Task A_pipe_gets_plain_lines_and_nothing_is_cut()
    {
        using var trial = Trial.SignedIn(
            Json(Answers.Page(null, Answers.Message("delivered"), Answers.Message("in_doubt", LongText)))
        );

        Assert.Equal(
            $"""
            ID                                    STATUS     FROM           TO             AT                    TEXT
            {Answers.Id}  delivered  +447700900001  +447700900123  2026-01-01T12:00:00Z  Hello
            {Answers.Id}  in_doubt   +447700900001  +447700900123  2026-01-01T12:00:00Z  {LongText}

            """,
            (await trial.Run("messages list")).Out
        );
    }

    [Fact]
    public async Task A_narrow_terminal_breaks_texts_but_no_ids()
    {
        using var trial = Terminal(60, Json(Answers.Page(null, Answers.Message("delivered", LongText))));

        var ended = await trial.Run("messages list");

        Assert.Contains(Answers.Id, ended.Lines[1]);
        Assert.True(ended.Lines.Count > 2);
    }

    [Fact]
    public async Task A_terminal_gets_colours_unless_they_are_not_wanted()
    {
        using var coloured = Terminal(200, Json(Answers.Page(null, Answers.Message("failed"))));
        using var plain = Terminal(200, Json(Answers.Page(null, Answers.Message("failed"))));
        plain.Variables["NO_COLOR"] = "1";

        Assert.Contains("\e[", (await coloured.Run("messages list")).Out);
        Assert.DoesNotContain("\e[", (await plain.Run("messages list")).Out);
    }

    [Fact]
    public async Task What_somebody_texted_cannot_steer_the_terminal()
    {
        using var trial = Terminal(
            200,
            Json(Answers.Page(null, Answers.Message("received", @"\u001b[2Jgone\u202e\nnext")))
        );
        trial.Variables["NO_COLOR"] = "1";

        Assert.EndsWith("\uFFFD[2Jgone\uFFFD↵next", (await trial.Run("messages list")).Lines[1]);
    }

    [Fact]
    public async Task One_thing_is_a_card_with_its_times_in_utc()
    {
        using var trial = Trial.SignedIn(Json(Answers.Message("sent")));

        Assert.Equal(
            $"""
            Id          {Answers.Id}
            Status      sent
            Direction   outbound
            From        +447700900001
            To          +447700900123
            Text        Hello
            Segments    1
            Taken over  2026-01-01T12:00:00.123Z
            Last fact   2026-01-01T12:00:01.000Z
            Facts       4
            Attempts    1

            """,
            (await trial.Run($"messages show {Answers.Id}")).Out
        );
    }

    [Fact]
    public async Task Json_is_one_document_a_line_as_the_gateway_writes_it_and_never_coloured()
    {
        using var trial = Terminal(
            80,
            Json(Answers.Page("more", Answers.Message("sent"))),
            Json(Answers.Page(null, Answers.Message("failed")))
        );

        var ended = await trial.Run("messages list --all --json");
        var first = JsonSerializer.Deserialize<JsonElement>(ended.Lines[0]);

        Assert.Equal(2, ended.Lines.Count);
        Assert.Equal("2026-01-01T12:00:00.123456Z", first.GetProperty("queuedAt").GetString());
        Assert.Contains("\"to\":\"+447700900123\"", ended.Out);
        Assert.DoesNotContain('\e', ended.Out);
    }

    [Fact]
    public async Task Quiet_gives_what_a_script_would_pick_out()
    {
        using var trial = Trial.SignedIn(
            Json(Answers.Page(null, Answers.Message("sent"), Answers.Message("failed")))
        );

        Assert.Equal([Answers.Id, Answers.Id], (await trial.Run("messages list --quiet")).Lines);
    }

    [Fact]
    public async Task What_was_done_is_json_too_when_asked_for_and_nothing_when_quiet()
    {
        using var trial = Trial.SignedIn(Nothing(), Nothing());

        Assert.Equal(
            $$"""{"id":"{{Answers.Id}}","done":"paused"}""" + "\n",
            (await trial.Run($"devices pause {Answers.Id} --json")).Out
        );
        Assert.Equal("", (await trial.Run($"devices pause {Answers.Id} -q")).Out);
    }

    [Fact]
    public async Task A_list_that_is_cut_says_so_beside_it()
    {
        using var trial = Trial.SignedIn(
            Json(Answers.Page(null, Answers.Message("sent"), Answers.Message("failed")))
        );

        var ended = await trial.Run("messages list --limit 1");

        Assert.Equal(2, ended.Lines.Count);
        Assert.Equal("There are more; see them with --limit 2 or --all.\n", ended.Error);
        Assert.Equal("/v1/messages?limit=2", trial.Network.Asked[0].Path);
    }

    [Fact]
    public async Task An_empty_list_is_no_output_and_a_word_beside_it()
    {
        using var trial = Trial.SignedIn(Json("[]"));

        Assert.Equal(
            new Ended(0, "", "No devices; let one in with: gateway devices pair\n"),
            await trial.Run("devices list")
        );
    }

    private static Trial Terminal(int width, params IEnumerable<Func<HttpResponseMessage>> answers) =>
        new()
        {
            TerminalWidth = width,
            Network = new(answers),
            Variables = { ["GATEWAY_URL"] = "http://gateway.example", ["GATEWAY_KEY"] = "gk_test" },
        };
}
