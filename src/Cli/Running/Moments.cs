using System.Globalization;
using Gateway.Client.History;

namespace Gateway.Cli.Running;

/// <summary>Moments as a person types them.</summary>
public static class Moments
{
    private const string Before = "before:";

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd",
    ];

    /// <summary>An instant (without an offset it is UTC), a day, or a span from now; null for anything else.</summary>
    /// <param name="direction">-1 when a span leads into the past, 1 into the future.</param>
    public static DateTimeOffset? Read(string text, DateTimeOffset now, int direction) =>
        ReadSpan(text) is { } span ? now + (direction * span)
        : DateTimeOffset.TryParseExact(
            text,
            Instants,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
        : null;

    /// <summary>An instant, a day, how long ago, a position, or before: and the id of a fact; else null.</summary>
    public static Moment? ReadPlace(string text, DateTimeOffset now, long least = 1) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position >= least
                ? Moment.At(position)
                : null
            : text.StartsWith(Before, StringComparison.Ordinal)
                ? Guid.TryParse(text.AsSpan(Before.Length), out var fact)
                    ? Moment.Before(fact)
                    : null
                : Read(text, now, -1) is { } at
                    ? Moment.At(at)
                    : null;

    /// <summary>A whole number and a unit: s, m, h or d; null for anything else.</summary>
    public static TimeSpan? ReadSpan(string text)
    {
        var isNumber = int.TryParse(
            text.AsSpan(0, Math.Max(0, text.Length - 1)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        );
        return (isNumber, text is [.., var unit] ? unit : ' ') switch
        {
            (true, 's') => TimeSpan.FromSeconds(number),
            (true, 'm') => TimeSpan.FromMinutes(number),
            (true, 'h') => TimeSpan.FromHours(number),
            (true, 'd') when number < 36_500 => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
