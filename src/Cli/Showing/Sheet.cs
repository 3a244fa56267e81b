using Spectre.Console;

namespace Gateway.Cli.Showing;

/// <summary>How things of one kind are shown.</summary>
/// <param name="Nothing">What is said when there are none.</param>
/// <param name="Essence">What a script would pick out: mostly the id.</param>
/// <param name="Columns">Of a table of many.</param>
/// <param name="Card">The lines about one; the columns when left out.</param>
public sealed record Sheet<T>(
    string Nothing,
    Func<T, string> Essence,
    IReadOnlyList<Column<T>> Columns,
    IReadOnlyList<Column<T>>? Card = null
);

/// <summary>One field of a thing.</summary>
/// <param name="Text">Null or empty where there is nothing to say.</param>
/// <param name="Wraps">Long text that may go over several lines of a terminal; ids and numbers never do.</param>
/// <param name="Style">For a terminal with colours.</param>
public sealed record Column<T>(
    string Name,
    Func<T, string?> Text,
    bool Wraps = false,
    Func<T, Style?>? Style = null
);
