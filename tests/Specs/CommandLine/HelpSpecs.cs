using System.CommandLine;
using Gateway.Cli;
using Gateway.Cli.Running;

namespace Gateway.Specs.CommandLine;

public class HelpSpecs
{
    public static TheoryData<string> Lines =>
        [
            .. Contents
                .Of(new Runner(Nowhere()))
                .SelectMany(chapter => chapter.Verbs)
                .SelectMany(verb => verb.Subcommands.Prepend(verb))
                .Select(HelpPage.PathOf)
                .Select(path => path["gateway ".Length..]),
        ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Every_command_explains_itself_with_an_example(string line)
    {
        using var trial = new Trial();

        var ended = await trial.Run($"{line} --help");

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.EndsWith(".", ended.Lines[0]);
        Assert.Contains($"  gateway {line}", ended.Out);
        Assert.True(ended.Out.Contains("\nExamples\n") || ended.Out.Contains("\nCommands\n"));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_command_is_in_the_page(string line) =>
        Assert.Contains(
            $"gateway {line}",
            File.ReadAllText(Path.Combine(Architecture.Repository.Root, "docs", "command-line.md"))
        );

    [Fact]
    public async Task Without_a_word_the_help_is_shown()
    {
        using var trial = new Trial();

        Assert.Equal((await trial.Run("--help")).Out, (await trial.Run("")).Out);
    }

    [Theory]
    [InlineData("messages ", "cancel\ndiff\nevents\nlist\nresolve\nshow\nwhy\n")]
    [InlineData("audit ", "count\nexport\nexports\ngraph\nlist\nreadings\n")]
    [InlineData("projections pause ", "Views\nWebhookAttempts\nWebhooks\n")]
    [InlineData("projections rebuild Con", "ConsentState\nConversations\n")]
    [InlineData("messages list --direction ", "inbound\noutbound\n")]
    [InlineData("keys add shop messages:", "messages:*\nmessages:read\nmessages:send\n")]
    public async Task A_shell_can_ask_what_may_come_at_the_cursor(string line, string candidates)
    {
        using var trial = new Trial();

        var ended = await trial.Run($"[suggest:{line.Length}] \"{line}\"");

        Assert.EndsWith(candidates, ended.Out);
    }

    [Theory]
    [InlineData("bash", "complete -F")]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete -f")]
    public async Task Each_shell_has_its_script(string shell, string how)
    {
        using var trial = new Trial();

        Assert.Contains(how, (await trial.Run($"completion {shell}")).Out);
    }

    private static Surroundings Nowhere() =>
        new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            ConfigFolder = "",
        };
}
