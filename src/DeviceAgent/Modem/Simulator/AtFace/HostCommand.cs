namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>What a program asks of a command.</summary>
public enum CommandForm
{
    /// <summary><c>AT+CSQ</c></summary>
    Execute,

    /// <summary><c>AT+CREG?</c></summary>
    Read,

    /// <summary><c>AT+CREG=?</c></summary>
    Test,

    /// <summary><c>AT+CREG=2</c></summary>
    Set,
}

/// <summary>One command of a command line (ITU-T V.250, 5.2 to 5.4).</summary>
/// <param name="Name">Upper-case: <c>+CMGS</c>, <c>E</c>, <c>&amp;C</c>.</param>
/// <param name="Arguments">Of <see cref="CommandForm.Set"/>, without quotes; of basic commands their number.</param>
public sealed record HostCommand(string Name, CommandForm Form, IReadOnlyList<string> Arguments)
{
    private const string Extended = "+^*$%#";

    /// <summary>The argument at a place; empty when it was left out.</summary>
    public string Text(int place) => place < Arguments.Count ? Arguments[place] : "";

    /// <summary>As <see cref="Text"/>, as a number; null when it is none.</summary>
    public int? Number(int place) => At.AtFields.Number(Text(place));

    /// <summary>The commands of a line: basic ones run together, extended ones are parted by semicolons.</summary>
    /// <returns>Null when the line doesn't begin with <c>AT</c>.</returns>
    public static IReadOnlyList<HostCommand>? Parse(string line)
    {
        if (!line.StartsWith("AT", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var commands = new List<HostCommand>();
        for (var at = 2; at < line.Length; )
        {
            var end = Extended.Contains(line[at]) ? EndOfExtended(line, at) : EndOfBasic(line, at);
            if (line[at] is not (' ' or ';'))
            {
                commands.Add(
                    Extended.Contains(line[at]) ? OfExtended(line[at..end]) : OfBasic(line[at..end])
                );
            }

            at = end;
        }

        return commands;
    }

    private static int EndOfExtended(string line, int at)
    {
        var quoted = false;
        for (; at < line.Length && (quoted || line[at] != ';'); at++)
        {
            quoted ^= line[at] == '"';
        }

        return at;
    }

    private static int EndOfBasic(string line, int at)
    {
        at += line[at] == '&' ? 2 : 1;
        while (at < line.Length && (char.IsAsciiDigit(line[at]) || line[at] is '=' or '?'))
        {
            at++;
        }

        return Math.Min(at, line.Length);
    }

    private static HostCommand OfExtended(string text)
    {
        var end = text.AsSpan(1).IndexOfAny('=', '?') is var found and >= 0 ? found + 1 : text.Length;
        var (name, rest) = (text[..end].Trim().ToUpperInvariant(), text[end..]);
        return rest switch
        {
            "" => new(name, CommandForm.Execute, []),
            "?" => new(name, CommandForm.Read, []),
            "=?" => new(name, CommandForm.Test, []),
            _ => new(name, CommandForm.Set, At.AtFields.Of(": " + rest[1..])),
        };
    }

    private static HostCommand OfBasic(string text)
    {
        var name = text.StartsWith('&') ? 2 : 1;
        return new(
            text[..Math.Min(name, text.Length)].ToUpperInvariant(),
            CommandForm.Execute,
            [text[Math.Min(name, text.Length)..]]
        );
    }
}
