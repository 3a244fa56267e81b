using Gateway.Cli.Running;

namespace Gateway.Cli.Showing;

/// <summary>What a command says: to a person, to a script that wants the essence, or to a program that reads JSON.</summary>
public sealed class Output(Surroundings here, bool isJson, bool isQuiet)
{
    /// <summary>A long list is laid out in pieces, so that it needs no more memory than one of them.</summary>
    private const int RowsAtOnce = 500;

    private readonly Paper paper = new(here);

    /// <summary>Neither a script nor a program reads.</summary>
    public bool IsForPeople => !isJson && !isQuiet;

    /// <summary>One thing.</summary>
    public void Show<T>(T item, Sheet<T> sheet)
    {
        if (IsForPeople)
        {
            Guarded(() => paper.Card(item, sheet.Card ?? sheet.Columns));
        }
        else
        {
            Bare(item, sheet);
        }
    }

    /// <summary>Many things that are here already.</summary>
    public void Show<T>(IReadOnlyList<T> items, Sheet<T> sheet)
    {
        if (isJson || isQuiet)
        {
            foreach (var item in items)
            {
                Bare(item, sheet);
            }
        }
        else if (items.Count == 0)
        {
            here.Error.WriteLine(sheet.Nothing);
        }
        else
        {
            Guarded(() => paper.Table(items, sheet.Columns));
        }
    }

    /// <summary>Many things as they are fetched.</summary>
    /// <param name="most">No more than these; null for all.</param>
    public async Task Show<T>(IAsyncEnumerable<T> items, int? most, Sheet<T> sheet)
    {
        List<T> rows = [];
        var (shown, isCut) = (0, false);
        await foreach (var item in items)
        {
            if (shown + rows.Count == most)
            {
                isCut = true;
                break;
            }

            rows.Add(item);
            if (isJson || isQuiet || rows.Count == RowsAtOnce)
            {
                Flush();
            }
        }

        Flush();
        if (shown == 0)
        {
            Show<T>([], sheet);
        }
        else if (isCut)
        {
            Hint($"There are more; see them with --limit {most * 2} or --all.");
        }

        void Flush()
        {
            if (rows.Count > 0)
            {
                Piece(rows, sheet, isFirst: shown == 0);
                shown += rows.Count;
                rows.Clear();
            }
        }
    }

    /// <summary>One thing that a person is told in a way of its own.</summary>
    /// <param name="essence">What a script would pick out, a line each.</param>
    public void Tell<T>(T item, Func<T, IEnumerable<string>> essence, Action toPeople)
    {
        if (isJson)
        {
            Guarded(() => here.Out.WriteLine(WholeJson.Of(item)));
        }
        else if (isQuiet)
        {
            Guarded(() => essence(item).ToList().ForEach(here.Out.WriteLine));
        }
        else
        {
            toPeople();
        }
    }

    /// <summary>The next thing of a stream, at once.</summary>
    public void Next<T>(T item, Sheet<T> sheet)
    {
        if (isJson || isQuiet)
        {
            Bare(item, sheet);
        }
        else
        {
            Guarded(() => paper.Line(item, sheet.Columns));
        }
    }

    /// <summary>That something was done to a thing.</summary>
    /// <param name="word">Such as <c>paused</c>.</param>
    public void Done<T>(T id, string word, string sentence)
    {
        if (isJson)
        {
            Guarded(() => here.Out.WriteLine(WholeJson.Of(new { id, done = word })));
        }
        else
        {
            Say(sentence);
        }
    }

    /// <summary>A sentence for a person alone.</summary>
    public void Say(string sentence)
    {
        if (IsForPeople)
        {
            Guarded(() => here.Out.WriteLine(sentence));
        }
    }

    /// <summary>Beside the answer, for a person alone.</summary>
    public void Hint(string sentence)
    {
        if (IsForPeople)
        {
            here.Error.WriteLine(sentence);
        }
    }

    /// <summary>How far something has come, for a person alone; on a terminal each line takes the place of the one before.</summary>
    /// <param name="line">Null when it is over.</param>
    public void Progress(string? line)
    {
        if (IsForPeople && here.IsTerminal)
        {
            here.Error.Write($"\r\e[K{line}");
        }
        else if (line is not null)
        {
            Hint(line);
        }
    }

    /// <summary>Asks a person for a line; the answer comes behind it.</summary>
    public void Ask(string question)
    {
        here.Error.Write(question);
        here.Error.Flush();
    }

    private void Piece<T>(List<T> rows, Sheet<T> sheet, bool isFirst)
    {
        if (isJson || isQuiet)
        {
            rows.ForEach(row => Bare(row, sheet));
        }
        else
        {
            Guarded(() => paper.Table(rows, sheet.Columns, isFirst));
        }
    }

    private void Bare<T>(T item, Sheet<T> sheet) =>
        Guarded(() => here.Out.WriteLine(isJson ? WholeJson.Of(item) : sheet.Essence(item)));

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (IOException gone)
        {
            throw new BrokenPipeException(gone);
        }
    }
}
