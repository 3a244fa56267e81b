using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gateway.Client.History;

namespace Gateway.Cli.Running;

/// <summary>Arguments and options that several commands take, each read and refused in the same way.</summary>
public static class Given
{
    /// <summary>The id of a thing, such as <c>message</c>.</summary>
    public static Argument<Guid> Id(string of) =>
        new("ID") { Description = $"The id of the {of}.", CustomParser = given => ReadId(given) };

    /// <summary>The id of one thing, or none for all of them, or what else is meant then.</summary>
    public static Argument<Guid?> IdOrAll(string of, string name = "ID", string otherwise = "all") =>
        new(name)
        {
            Description = $"The id of one {of}; {otherwise} when left out.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = given => given.Tokens.Count == 0 ? null : ReadId(given),
        };

    /// <summary>An option that takes an id.</summary>
    public static Option<Guid?> Id(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "ID",
            CustomParser = given => ReadId(given),
        };

    /// <summary>An option that takes words.</summary>
    public static Option<string?> Word(string name, string help, string description, params string[] known)
    {
        Option<string?> option = new(name) { Description = description, HelpName = help };
        option.CompletionSources.Add(known);
        return option;
    }

    /// <summary>An option that takes several words: with commas between, or given several times.</summary>
    public static Option<string[]?> Words(string name, string help, string description) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = given =>
                [
                    .. given.Tokens.SelectMany(token =>
                        token.Value.Split(
                            ',',
                            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                        )
                    ),
                ],
        };

    /// <summary>An option that takes a whole number.</summary>
    public static Option<long?> Number(
        string name,
        string help,
        string description,
        long least = 0,
        long most = long.MaxValue
    ) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = given =>
                long.TryParse(
                    given.Tokens[0].Value,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                && number >= least
                && number <= most
                    ? number
                    : Refuse<long?>(
                        given,
                        most == long.MaxValue
                            ? $"is not for {name}; write a number from {least} on."
                            : $"is not for {name}; write a number from {least} to {most}."
                    ),
        };

    /// <summary>An option that takes a day.</summary>
    public static Option<DateOnly?> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "YYYY-MM-DD",
            CustomParser = given =>
                DateOnly.TryParseExact(
                    given.Tokens[0].Value,
                    "O",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
                    ? day
                    : Refuse<DateOnly?>(given, "is not a day; write it as 2026-01-31."),
        };

    /// <summary>An option that takes a moment in the past: an instant, a day, or how long ago.</summary>
    public static Option<DateTimeOffset?> Past(Surroundings here, string name, string description) =>
        Instant(name, description, text => Moments.Read(text, here.Time.GetUtcNow(), -1));

    /// <summary>An option that takes a moment to come: an instant, a day, or in how long.</summary>
    public static Option<DateTimeOffset?> Future(Surroundings here, string name, string description) =>
        Instant(name, description, text => Moments.Read(text, here.Time.GetUtcNow(), +1));

    /// <summary>An option that takes a place in the log: a moment in the past, a position, or just before a fact.</summary>
    public static Option<Moment?> Moment(
        Surroundings here,
        string name,
        string description,
        long least = 1
    ) =>
        new(name)
        {
            Description = description,
            HelpName = "MOMENT",
            CustomParser = given =>
                Moments.ReadPlace(given.Tokens[0].Value, here.Time.GetUtcNow(), least)
                ?? Refuse<Moment?>(
                    given,
                    "is not a moment; write it as 2026-01-31T12:00:00Z, 2026-01-31 (UTC), a span such as 2h, "
                        + "a position such as 1234, or before: and the id of a fact."
                ),
        };

    /// <summary>An option that takes a span, such as <c>90s</c>, <c>10m</c>, <c>2h</c> or <c>3d</c>.</summary>
    public static Option<TimeSpan?> Span(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "SPAN",
            CustomParser = given =>
                Moments.ReadSpan(given.Tokens[0].Value)
                ?? Refuse<TimeSpan?>(given, "is not a span; write it as 90s, 10m, 2h or 3d."),
        };

    private static Option<DateTimeOffset?> Instant(
        string name,
        string description,
        Func<string, DateTimeOffset?> read
    ) =>
        new(name)
        {
            Description = description,
            HelpName = "WHEN",
            CustomParser = given =>
                read(given.Tokens[0].Value)
                ?? Refuse<DateTimeOffset?>(
                    given,
                    "is not a moment; write it as 2026-01-31T12:00:00Z, 2026-01-31 (UTC), or a span such as 2h."
                ),
        };

    private static Guid ReadId(ArgumentResult given) =>
        Guid.TryParse(given.Tokens[0].Value, out var id)
            ? id
            : Refuse<Guid>(given, "is not an id; one looks like 0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4.");

    private static T? Refuse<T>(ArgumentResult given, string why)
    {
        given.AddError($"'{given.Tokens[0].Value}' {why}");
        return default;
    }
}
