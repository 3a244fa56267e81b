using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Api.Audit.Exports;
using Gateway.Api.History;
using NodaTime;

namespace Gateway.Specs.Audit;

public class FactCsvSpecs
{
    private static readonly Guid Id = new("01920000-0000-7000-8000-000000000001");
    private static readonly Guid Stream = new("01920000-0000-7000-8000-0000000000a1");
    private static readonly Fact Plain = new(
        Id,
        41,
        Stream,
        2,
        "message_sent",
        1,
        "key:1",
        "c1",
        null,
        "2026-01-01T12:00:00.000000Z",
        Instant.FromUtc(2026, 1, 1, 12, 0),
        Content("""{"fence": 1}""")
    );

    [Fact]
    public void The_first_line_names_the_columns() =>
        Assert.Equal(
            "position,recordedAt,at,type,schema,stream,version,actor,correlation,causation,id,data\r\n",
            FactCsv.Header
        );

    [Fact]
    public void A_fact_is_a_line_that_ends_as_the_standard_says() =>
        Assert.Equal(
            "41,2026-01-01T12:00:00.000000Z,2026-01-01T12:00:00.000000Z,message_sent,1,"
                + "01920000-0000-7000-8000-0000000000a1,2,key:1,c1,,01920000-0000-7000-8000-000000000001,"
                + "\"{\"\"fence\"\": 1}\"\r\n",
            Written(Plain)
        );

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "\"\"")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("one\r\ntwo", "\"one\r\ntwo\"")]
    [InlineData(" edge", "\" edge\"")]
    [InlineData("naïve 👋", "\"naïve 👋\"")]
    public void What_would_end_a_cell_stands_in_quotes(string? text, string cell) =>
        Assert.Equal(cell, FactCsv.Cell(text));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'quoted", "''quoted")]
    [InlineData("key:1", "key:1")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void No_cell_begins_as_a_formula(string? text, string? guarded) =>
        Assert.Equal(guarded, FactCsv.Guarded(text));

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.com\")")]
    [InlineData("'")]
    [InlineData("''=1")]
    [InlineData("@a, \"b\";\r\n c")]
    [InlineData("plain")]
    public void Every_value_comes_back_exactly(string text)
    {
        var cells = Cells(Written(Plain with { Actor = text, Correlation = text, Causation = text }));

        Assert.Equal([text, text, text], cells[7..10].Select(Recovered));
    }

    [Theory]
    [InlineData("a;=1+1")]
    [InlineData("\";=cmd|' /C calc'!A0;\"")]
    [InlineData("one\ntwo; 👋 \\u003b")]
    public void A_text_begins_no_cell_where_semicolons_part_them_and_comes_back_exactly(string text)
    {
        var line = Written(
            Plain with
            {
                Data = Content(JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text })),
            }
        );

        Assert.DoesNotContain(';', line);
        using var data = JsonDocument.Parse(Cells(line)[11]);
        Assert.Equal(text, data.RootElement.GetProperty("text").GetString());
    }

    private static FactContent Content(string json) => new(Encoding.UTF8.GetBytes(json));

    private static string Written(Fact fact)
    {
        var output = new ArrayBufferWriter<byte>();
        FactCsv.Write(output, fact);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Recovered(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;

    /// <summary>One line, read by the rules of RFC 4180.</summary>
    private static List<string> Cells(string line)
    {
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length - 2; i++)
        {
            switch (line[i])
            {
                case '"' when isQuoted && line[i + 1] == '"':
                    cell.Append(line[i++]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(line[i]);
                    break;
            }
        }

        return [.. cells, cell.ToString()];
    }
}
