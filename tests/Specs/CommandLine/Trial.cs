using System.Text.RegularExpressions;
using Gateway.Cli;
using Gateway.Cli.Running;
using Gateway.Specs.Client;

namespace Gateway.Specs.CommandLine;

/// <summary>How a command line ended.</summary>
internal sealed record Ended(int Code, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.TrimEnd('\n').Split('\n');
}

/// <summary>The command line in surroundings of its own: a folder, variables, a terminal or a pipe, and a recorded network.</summary>
internal sealed partial class Trial : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public string Folder { get; } = Directory.CreateTempSubdirectory("gateway-cli-").FullName;
    public Dictionary<string, string> Variables { get; } = [];
    public Recording Network { get; init; } = new();
    public int? TerminalWidth { get; init; }
    public string Input { get; init; } = "";

    /// <summary>A person sits at the terminal and types the input.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Time flies: what waits goes on at once.</summary>
    public TimeProvider Time { get; init; } = new Hurried();

    /// <summary>Signed in, with these answers to come.</summary>
    public static Trial SignedIn(params IEnumerable<Func<HttpResponseMessage>> answers) =>
        new()
        {
            Network = new(answers),
            Variables = { ["GATEWAY_URL"] = "http://gateway.example", ["GATEWAY_KEY"] = "gk_test" },
        };

    /// <summary>Runs a line; words in quotes belong together.</summary>
    public async Task<Ended> Run(string line, CancellationToken? cancellation = null)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        using var here = new Surroundings
        {
            Out = output,
            Error = error,
            In = new StringReader(Input),
            IsTerminal = TerminalWidth is not null,
            IsInteractive = IsInteractive,
            Width = TerminalWidth ?? 0,
            Variable = Variables.GetValueOrDefault,
            ConfigFolder = Folder,
            Time = Time,
            Network = () => Network,
        };
        var args = Word().Matches(line).Select(word => word.Groups[1].Value + word.Groups[2].Value).ToList();
        var code = await Contents.Run(args, here, cancellation ?? TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, true);

    [GeneratedRegex(
        """
            "([^"]*)"|(\S+)
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Word();

    private sealed class Hurried : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;

        public override ITimer CreateTimer(
            TimerCallback callback,
            object? state,
            TimeSpan dueTime,
            TimeSpan period
        ) =>
            base.CreateTimer(
                callback,
                state,
                dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero,
                period
            );
    }
}
