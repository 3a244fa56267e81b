using System.Globalization;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>Takes answers such as <c>+CPMS: "SM",0,20</c> and <c>("SM","ME"),(0-2)</c> apart.</summary>
public static class AtFields
{
    /// <summary>The values behind the colon, without their quotes; a group in parentheses is one value.</summary>
    public static IReadOnlyList<string> Of(string line)
    {
        var start = line.IndexOf(": ", StringComparison.Ordinal) is var blank and >= 0
            ? blank + 2
            : line.IndexOf(':') + 1;
        return Split(line[start..]);
    }

    /// <summary>The members of a group; ranges of numbers are written out.</summary>
    public static IReadOnlyList<string> Group(string field) =>
        [.. Split(field.Trim('(', ')')).SelectMany(Range)];

    /// <summary>A number, or null for anything else.</summary>
    public static int? Number(string? field) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The number at a place, or null.</summary>
    public static int? Number(IReadOnlyList<string> fields, int place) =>
        place < fields.Count ? Number(fields[place]) : null;

    private static List<string> Split(string text)
    {
        var fields = new List<string>();
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0 && !quoted))
            {
                fields.Add(text[start..i].Trim().Trim('"'));
                start = i + 1;
                continue;
            }

            quoted ^= text[i] == '"';
            depth +=
                quoted ? 0
                : text[i] is '(' ? 1
                : text[i] is ')' ? -1
                : 0;
        }

        return fields;
    }

    private static IEnumerable<string> Range(string member) =>
        member.Split('-') is [var first, var last]
        && Number(first) is { } from
        && Number(last) is { } to
        && to >= from
            ? Enumerable
                .Range(from, Math.Min(to - from + 1, 256))
                .Select(n => n.ToString(CultureInfo.InvariantCulture))
            : [member];
}
