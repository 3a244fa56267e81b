using System.Net;
using Gateway.Cli.Running;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

public class ExitCodeSpecs
{
    [Fact]
    public async Task What_is_done_ends_with_code_0_and_says_nothing_on_the_side()
    {
        using var trial = Trial.SignedIn(Nothing());

        var ended = await trial.Run($"messages cancel {Answers.Id}");

        Assert.Equal((0, ""), (ended.Code, ended.Error));
    }

    [Fact]
    public async Task A_refusal_ends_with_code_1_and_one_sentence()
    {
        using var trial = Trial.SignedIn(Problem(404, "message-is-unknown", "There is no such message."));

        var ended = await trial.Run($"messages show {Answers.Id}");

        Assert.Equal(new Ended(1, "", "There is no such message. (message-is-unknown)\n"), ended);
    }

    [Fact]
    public async Task A_malformed_request_is_told_field_by_field()
    {
        using var trial = Trial.SignedIn(
            Problem(
                400,
                "request-is-malformed",
                "See errors.",
                ""","errors":{"to":["No number.","Too short."]}"""
            )
        );

        Assert.Equal(
            "No number. Too short. (request-is-malformed)\n",
            (await trial.Run("send abc Hello")).Error
        );
    }

    [Theory]
    [InlineData("mesages list", "'gateway' has no command 'mesages'")]
    [InlineData(
        "messages",
        "What shall 'gateway messages' do? One of list, show, why, events, diff, cancel, resolve."
    )]
    [InlineData("send +447700900123", "'gateway send' needs TEXT")]
    [InlineData("send +447700900123 two words", "'words' is one word too many for 'gateway send'")]
    [InlineData("messages list --colour red", "'gateway messages list' has no option --colour.")]
    [InlineData("messages show 17", "'17' is not an id")]
    [InlineData("messages list --since yesterday", "'yesterday' is not a moment")]
    [InlineData("messages list --as-of 0", "'0' is not a moment")]
    [InlineData("messages show " + Answers.Id + " --as-of before:noon", "'before:noon' is not a moment")]
    [InlineData("messages show " + Answers.Id + " --facts 2 --as-of 2h", "--facts says which past is meant")]
    [InlineData("messages diff " + Answers.Id, "Option '--from' is required")]
    [InlineData("audit readings", "Who read what?")]
    [InlineData("audit readings --number +447700900123 --message " + Answers.Id, "Who read what?")]
    [InlineData("replay", "Option '--stream' is required")]
    [InlineData("projections skip " + Answers.Id, "Option '--reason' is required")]
    [InlineData("projections rebuilds 17", "'17'")]
    [InlineData("messages list --limit 0", "'0' is not for --limit")]
    [InlineData("messages list --url gateway.example", "'gateway.example' is not an address")]
    [InlineData("send +447700900123 Hello --metadata {", "--metadata is not JSON")]
    [InlineData("send +447700900123 Hello --valid-for long", "'long' is not a span")]
    [InlineData("devices health " + Answers.Id + " --day 31.1.2026", "'31.1.2026' is not a day")]
    public async Task What_cannot_be_understood_ends_with_code_2_and_says_what_it_is(
        string line,
        string sentence
    )
    {
        using var trial = Trial.SignedIn();

        var ended = await trial.Run(line);

        Assert.Equal((2, ""), (ended.Code, ended.Out));
        Assert.StartsWith(sentence, ended.Error);
        Assert.EndsWith("--help\n", ended.Error);
        Assert.Empty(trial.Network.Asked);
    }

    [Fact]
    public async Task A_gateway_that_is_away_ends_with_code_3()
    {
        using var trial = Trial.SignedIn(Refused(), Refused(), Refused());

        Assert.Equal(
            new Ended(3, "", "http://gateway.example can't be reached: Connection refused.\n"),
            await trial.Run("devices list")
        );
    }

    [Fact]
    public async Task Somebody_else_who_answers_ends_with_code_3()
    {
        using var trial = Trial.SignedIn(() =>
            new(HttpStatusCode.OK) { Content = new StringContent("<html/>", null, "text/html") }
        );

        var ended = await trial.Run("devices list");

        Assert.Equal(3, ended.Code);
        Assert.Contains("not as a gateway does", ended.Error);
    }

    [Theory]
    [InlineData(401, "api-key-is-invalid")]
    [InlineData(403, "scope-is-missing")]
    public async Task A_key_that_may_not_ends_with_code_4(int status, string code)
    {
        using var trial = Trial.SignedIn(Problem(status, code, "No."));

        Assert.Equal(new Ended(4, "", $"No. ({code})\n"), await trial.Run("keys list"));
    }

    [Fact]
    public async Task Without_a_key_nobody_is_asked_and_the_code_is_4()
    {
        using var trial = new Trial();

        var ended = await trial.Run("messages list");

        Assert.Equal(4, ended.Code);
        Assert.StartsWith("Not signed in to http://127.0.0.1:8080", ended.Error);
        Assert.Empty(trial.Network.Asked);
    }

    [Fact]
    public async Task An_interruption_ends_with_code_130_and_without_a_word()
    {
        using var trial = Trial.SignedIn();

        Assert.Equal(new Ended(130, "", ""), await trial.Run("devices list", new(canceled: true)));
    }

    [Fact]
    public async Task Every_exit_code_is_in_the_help_and_in_the_page()
    {
        using var trial = new Trial();
        var help = (await trial.Run("--help")).Out;
        var page = await File.ReadAllTextAsync(
            Path.Combine(Architecture.Repository.Root, "docs", "command-line.md"),
            TestContext.Current.CancellationToken
        );

        Assert.All(
            ExitCode.All,
            end =>
            {
                Assert.Contains($"{end.Code}", help);
                Assert.Contains($"| {end.Code} |", page);
            }
        );
    }
}
