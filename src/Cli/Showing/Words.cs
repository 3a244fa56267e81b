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

    /// <summary>A large number for a person, such as <c>184,203</c>.</summary>
    public static string Many(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A span to the second, such as <c>42s</c>, <c>3m 05s</c> or <c>2h 00m 09s</c>.</summary>
    public static string Of(TimeSpan span) =>
        span.TotalHours >= 1 ? $"{(int)span.TotalHours}h {span.Minutes:00}m {span.Seconds:00}s"
        : span.TotalMinutes >= 1 ? $"{span.Minutes}m {span.Seconds:00}s"
        : $"{span.Seconds}s";

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

    /// <summary>A value as it is, whatever it is; null for nothing.</summary>
    public static string? Of(JsonElement? value) =>
        value switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => other.GetRawText(),
        };

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
