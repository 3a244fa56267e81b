using System.Buffers;
using System.Globalization;
using System.Text;
using Gateway.Api.History;
using Gateway.Application;

namespace Gateway.Api.Audit.Exports;

/// <summary>
/// Facts as CSV (RFC 4180) that is safe in a spreadsheet and gives back every value exactly: see
/// <c>docs/operations/exports.md</c>.
/// </summary>
public static class FactCsv
{
    /// <summary>With what a spreadsheet takes a cell for a formula, and the apostrophe that keeps it from that.</summary>
    private static readonly SearchValues<char> Dangerous = SearchValues.Create("=+-@\t\r\n'＝＋－＠");

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n ");

    /// <summary>The first line.</summary>
    public const string Header =
        "position,recordedAt,at,type,schema,stream,version,actor,correlation,causation,id,data\r\n";

    /// <summary>One line.</summary>
    public static void Write(IBufferWriter<byte> output, Fact fact)
    {
        string?[] cells =
        [
            fact.Position.ToString(CultureInfo.InvariantCulture),
            StoredJson.Write(fact.RecordedAt),
            Guarded(fact.At),
            Guarded(fact.Type),
            fact.Schema.ToString(CultureInfo.InvariantCulture),
            fact.Stream.ToString(),
            fact.Version.ToString(CultureInfo.InvariantCulture),
            Guarded(fact.Actor),
            Guarded(fact.Correlation),
            Guarded(fact.Causation),
            fact.Id.ToString(),
            Json(fact.Data),
        ];
        Encoding.UTF8.GetBytes(string.Join(',', cells.Select(Cell)) + "\r\n", output);
    }

    /// <summary>Nothing is an empty cell, and an empty text one in quotes.</summary>
    public static string Cell(string? text) =>
        text is null ? ""
        : text.Length == 0 || text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"")}\""
        : text;

    /// <summary>Who reads it takes one apostrophe away wherever there is one in front.</summary>
    public static string? Guarded(string? text) =>
        text is { Length: > 0 } && Dangerous.Contains(text[0]) ? $"'{text}" : text;

    /// <summary>
    /// It begins with a brace. Where a semicolon parts the cells, a text in it could begin one; JSON has another way to
    /// write semicolons, which are in texts only.
    /// </summary>
    private static string Json(FactContent data) =>
        Encoding.UTF8.GetString(data.Json.Span).Replace(";", "\\u003b");
}
