using Gateway.Cli.Running;
using Spectre.Console;

namespace Gateway.Cli.Showing;

/// <summary>
/// Tables and cards for people. A terminal gets colours and its width; a pipe gets plain lines as wide as they need to be,
/// so that no id is ever cut.
/// </summary>
public sealed class Paper(Surroundings here)
{
    private const int Gap = 2;
    private const int NarrowestText = 24;
    private static readonly Style Faint = new(decoration: Decoration.Dim);

    private readonly bool hasColours =
        here.IsTerminal && string.IsNullOrEmpty(here.Variable("NO_COLOR")) && here.Variable("TERM") != "dumb";

    /// <summary>One line per thing, under a heading.</summary>
    public void Table<T>(IReadOnlyList<T> items, IReadOnlyList<Column<T>> columns, bool hasHeading = true)
    {
        var used = columns
            .Where(column => items.Any(item => !string.IsNullOrEmpty(column.Text(item))))
            .ToList();
        var widths = used.Select(column =>
                items.Select(item => Cell(column, item).Length).Append(column.Name.Length).Max()
            )
            .ToList();
        var table = new Spectre.Console.Table { Border = TableBorder.None, ShowHeaders = hasHeading };
        foreach (var (column, place) in used.Select((column, place) => (column, place)))
        {
            var last = place == used.Count - 1;
            table.AddColumn(
                new TableColumn(new Text(column.Name.ToUpperInvariant(), Faint))
                {
                    NoWrap = !column.Wraps || !here.IsTerminal,
                    Padding = new Padding(0, 0, last ? 0 : Gap, 0),
                }
            );
        }

        foreach (var item in items)
        {
            table.AddRow(used.Select(column => Cell(column, item)));
        }

        Write(table, Needed([.. used.Select((column, place) => (widths[place], column.Wraps))]));
    }

    /// <summary>One line per field.</summary>
    public void Card<T>(T item, IReadOnlyList<Column<T>> fields)
    {
        var grid = new Grid();
        var used = fields.Where(field => !string.IsNullOrEmpty(field.Text(item))).ToList();
        var names = used.Max(field => field.Name.Length);
        var texts = used.Max(field => Cell(field, item).Length);
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, Gap, 0) });
        grid.AddColumn(new GridColumn { NoWrap = !here.IsTerminal, Padding = new Padding(0) });
        foreach (var field in used)
        {
            grid.AddRow(new Text(field.Name, Faint), Cell(field, item));
        }

        Write(grid, Needed([(names, false), (texts, used.Any(field => field.Wraps))]));
    }

    /// <summary>One line of a stream.</summary>
    public void Line<T>(T item, IReadOnlyList<Column<T>> columns) =>
        here.Out.WriteLine(
            string.Join(new string(' ', Gap), columns.Select(column => Words.Clean(column.Text(item) ?? "")))
                .TrimEnd()
        );

    private static Text Cell<T>(Column<T> column, T item) =>
        new(Words.Clean(column.Text(item) ?? ""), column.Style?.Invoke(item));

    /// <summary>The terminal's width, or more where a line has no place to break.</summary>
    private int Needed(IReadOnlyList<(int Width, bool Wraps)> columns)
    {
        var gaps = Gap * (columns.Count - 1);
        return here.IsTerminal
            ? Math.Max(
                here.Width,
                gaps
                    + columns.Sum(column =>
                        column.Wraps ? Math.Min(column.Width, NarrowestText) : column.Width
                    )
            )
            : gaps + columns.Sum(column => column.Width);
    }

    private void Write(Spectre.Console.Rendering.IRenderable what, int width)
    {
        var page = new StringWriter();
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = hasColours ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = hasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Enrichment = new() { UseDefaultEnrichers = false },
                Out = new AnsiConsoleOutput(page),
            }
        );
        console.Profile.Width = Math.Max(width, 1);
        console.Write(what);
        foreach (var line in page.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            here.Out.WriteLine(line.TrimEnd());
        }
    }
}
