using System.CommandLine;

namespace Gateway.Cli.Running;

/// <summary>What can't be understood in a command line, in one sentence that helps.</summary>
public static class Misunderstanding
{
    /// <summary>The line must have errors.</summary>
    public static string SentenceOf(ParseResult given)
    {
        var command = given.CommandResult.Command;
        var path = HelpPage.PathOf(command);
        if (given.UnmatchedTokens is [var word, ..])
        {
            return word.StartsWith('-') ? $"'{path}' has no option {word}."
                : IsGroup(command) ? $"'{path}' has no command '{word}'; it has {Following(command)}."
                : $"'{word}' is one word too many for '{path}'; put words that belong together in quotes.";
        }

        if (IsGroup(command) && command.Action is null)
        {
            return $"What shall '{path}' do? One of {Following(command)}.";
        }

        return command.Arguments.FirstOrDefault(argument => IsMissing(given, argument)) is { } missing
            ? $"'{path}' needs {missing.Name}: {missing.Description}"
            : given.Errors[0].Message;
    }

    private static bool IsGroup(Command command) =>
        command.Subcommands.Count > 0 && command.Arguments.Count == 0;

    private static bool IsMissing(ParseResult given, Argument argument) =>
        argument.Arity.MinimumNumberOfValues > 0 && given.GetResult(argument) is not { Tokens.Count: > 0 };

    private static string Following(Command command) =>
        string.Join(", ", command.Subcommands.Select(verb => verb.Name));
}
