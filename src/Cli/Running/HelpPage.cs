using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Gateway.Cli.Running;

/// <summary>What <c>--help</c> shows: how it is written, what there is, and examples that work.</summary>
/// <param name="width">Columns; null when nobody counts them.</param>
public sealed class HelpPage(
    IReadOnlyList<Chapter> chapters,
    GlobalOptions options,
    IReadOnlyDictionary<Command, IReadOnlyList<string>> examples,
    int? width
) : SynchronousCommandLineAction
{
    private const int NarrowestText = 30;

    public override bool ClearsParseErrors => true;

    /// <summary>Such as <c>gateway messages list</c>.</summary>
    public static string PathOf(Command command) =>
        command is RootCommand
            ? "gateway"
            : $"{command.Parents.OfType<Command>().Select(PathOf).FirstOrDefault("gateway")} {command.Name}";

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var page = parseResult.InvocationConfiguration.Output;
        page.WriteLine(command.Description);
        page.WriteLine();
        page.WriteLine($"  {Usage(command)}");
        if (command is RootCommand)
        {
            foreach (var chapter in chapters)
            {
                Rows(page, chapter.Title, chapter.Verbs.Select(verb => (Name(verb), verb.Description)));
            }
        }
        else
        {
            Rows(page, "Commands", command.Subcommands.Select(verb => (Name(verb), verb.Description)));
        }

        Rows(page, "Arguments", command.Arguments.Select(given => (NameOf(given), given.Description)));
        Rows(
            page,
            "Options",
            command.Options.Where(IsItsOwn).Select(option => (NameOf(option), option.Description))
        );
        Rows(
            page,
            "Everywhere",
            options
                .All.Select(option => (NameOf(option), option.Description))
                .Append(("--help", "This page; each command has its own."))
        );
        Rows(page, "Examples", examples.GetValueOrDefault(command, []).Select(line => (line, (string?)"")));
        if (command is RootCommand)
        {
            Rows(
                page,
                "Exit codes",
                ExitCode.All.Select(end =>
                    (end.Code.ToString(CultureInfo.InvariantCulture), (string?)end.Meaning)
                )
            );
        }

        return ExitCode.Done;
    }

    private bool IsItsOwn(Option option) =>
        !option.Hidden && option is not (HelpOption or VersionOption) && !options.All.Contains(option);

    private static string Usage(Command command)
    {
        var rest = command.Subcommands.Count > 0 && command.Arguments.Count == 0 ? " COMMAND" : "";
        return $"{PathOf(command)}{Arguments(command)}{rest} [OPTIONS]";
    }

    private static string Name(Command verb) => verb.Name + Arguments(verb);

    private static string Arguments(Command command) =>
        string.Concat(command.Arguments.Select(given => $" {NameOf(given)}"));

    private static string NameOf(Argument given)
    {
        var name = given.Name + (given.Arity.MaximumNumberOfValues > 1 ? " …" : "");
        return given.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string NameOf(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name));
        return option.ValueType == typeof(bool) ? names : $"{names} {option.HelpName ?? "VALUE"}";
    }

    private void Rows(TextWriter page, string title, IEnumerable<(string Name, string? Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        page.WriteLine();
        page.WriteLine(title);
        var indent = all.Max(row => row.Name.Length) + 4;
        var room = Math.Max(NarrowestText, (width ?? int.MaxValue) - indent);
        foreach (var (name, text) in all)
        {
            var lines = Wrap(text ?? "", room);
            page.WriteLine($"  {name.PadRight(indent - 2)}{lines[0]}".TrimEnd());
            foreach (var line in lines.Skip(1))
            {
                page.WriteLine(new string(' ', indent) + line);
            }
        }
    }

    private static List<string> Wrap(string text, int room)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > room)
            {
                lines.Add("");
            }

            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return lines;
    }
}
