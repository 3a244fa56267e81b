using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Gateway.Cli.Showing;

/// <summary>Values as a person reads them; they can be copied back into an option.</summary>
public static class Words
{
    private const int LongestValue = 60;

    /// <summary>In UTC, to the second.</summary>
    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? at) => at is { } known ? Of(known) : null;

    /// <summary>In UTC, to the millisecond: facts follow each other closely.</summary>
    public static string Exactly(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string? Of(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string Of(IEnumerable<string> words) => string.Join(' ', words);

    /// <summary>The plain values of a JSON object as <c>name=value</c>; ids and what is nested are in the JSON output.</summary>
    public static string Of(JsonElement data) =>
        data.ValueKind != JsonValueKind.Object
            ? ""
            : string.Join(
                ' ',
                data.EnumerateObject()
                    .Select(field => (field.Name, Value: Plain(field.Value)))
                    .Where(field => field.Value is { Length: > 0 and <= LongestValue } && field.Name != "at")
                    .Select(field => $"{field.Name}={field.Value}")
            );

    /// <summary>Safe to show: what others wrote must not steer the terminal, and takes one line.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            clean.Append(
                c == '\n' ? '↵'
                : IsUnsafe(c) ? '\uFFFD'
                : c
            );
        }

        return clean.ToString();
    }

    /// <summary>Green where all is well, red where it isn't, yellow where somebody should look.</summary>
    public static Style? Colour(string status) =>
        status switch
        {
            "delivered" or "sent" or "online" or "active" or "received" => new(Color.Green),
            "failed" or "undelivered" or "expired" or "quarantined" or "given_up" or "revoked" => new(
                Color.Red
            ),
            "in_doubt" or "held" or "offline" or "paused" or "disabled" or "retrying" => new(Color.Yellow),
            _ => null,
        };

    private static string? Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when Guid.TryParse(value.GetString(), out _) => null,
            JsonValueKind.String => value.GetString()!.Contains(' ', StringComparison.Ordinal)
                ? $"\"{value.GetString()}\""
                : value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    // Control characters begin escape sequences; the others turn the direction of writing around.
    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
