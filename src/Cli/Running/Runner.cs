using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Gateway.Cli.Access;

namespace Gateway.Cli.Running;

/// <summary>Runs commands: reads the line, does the work, and turns what went wrong into a sentence and an exit code.</summary>
public sealed class Runner(Surroundings here)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>What is outside this program.</summary>
    public Surroundings Here => here;

    private readonly GlobalOptions options = new();
    private readonly Dictionary<Command, IReadOnlyList<string>> examples = [];

    /// <summary>Gives a command its work, and examples for its help.</summary>
    public Command Does(Command command, Func<Call, Task> work, params IReadOnlyList<string> shown)
    {
        examples[command] = shown;
        command.SetAction((given, cancellation) => Do(given, work, cancellation));
        return command;
    }

    /// <summary>For completion.</summary>
    public IEnumerable<string> ProfileNames() => new ProfileFile(here.ConfigFolder).Names();

    /// <summary>Runs one line.</summary>
    public async Task<int> Run(
        IReadOnlyList<Chapter> chapters,
        IReadOnlyList<string> args,
        CancellationToken cancellation
    )
    {
        var root = Root(chapters);
        // Without response files: a text may begin with @.
        var given = root.Parse(
            args.Count > 0 ? args : ["--help"],
            new() { ResponseFileTokenReplacer = null }
        );
        if (given.Action is ParseErrorAction)
        {
            return Misunderstood(given);
        }

        return await given.InvokeAsync(
            new()
            {
                Output = here.Out,
                Error = here.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Farewell,
            },
            cancellation
        );
    }

    private RootCommand Root(IReadOnlyList<Chapter> chapters)
    {
        var root = new RootCommand("Texts through real SIMs, and their whole history.");
        options.Profile.CompletionSources.Add(_ => ProfileNames());
        foreach (var option in options.All)
        {
            root.Add(option);
        }

        foreach (var verb in chapters.SelectMany(chapter => chapter.Verbs))
        {
            root.Add(verb);
        }

        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(
            new HelpOption("--help", "-h")
            {
                Action = new HelpPage(chapters, options, examples, here.IsTerminal ? here.Width : null),
            }
        );
        return root;
    }

    /// <summary>One sentence, and where to read on.</summary>
    private int Misunderstood(ParseResult given)
    {
        var command = given.CommandResult.Command;
        here.Error.WriteLine(Misunderstanding.SentenceOf(given));
        here.Error.WriteLine($"See: {HelpPage.PathOf(command)} --help");
        return ExitCode.Usage;
    }

    private async Task<int> Do(ParseResult given, Func<Call, Task> work, CancellationToken cancellation)
    {
        using var call = new Call(given, options, here, cancellation);
        try
        {
            await work(call);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (BrokenPipeException)
        {
            // Nobody reads any more, as in: gateway tail | head
            return ExitCode.Done;
        }
        catch (Exception failure) when (CommandException.Of(failure, call.Url) is { } known)
        {
            await here.Error.WriteLineAsync(known.Message);
            return known.ExitCode;
        }
    }
}

/// <summary>Whoever read our output has gone.</summary>
public sealed class BrokenPipeException(IOException cause) : Exception(cause.Message, cause);
