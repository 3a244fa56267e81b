using System.Globalization;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>
/// A length of time that may vary: <c>500</c> (milliseconds), <c>30s</c>, <c>5m</c>, <c>3s..20s</c>,
/// <c>exp(8s)</c> or <c>lognormal(1200,0.4)</c> by median and sigma.
/// </summary>
public sealed record Spread(string Shape, double A, double B = 0)
{
    /// <summary>No time at all.</summary>
    public static Spread None { get; } = new("fixed", 0);

    /// <exception cref="FormatException">It is none of the forms.</exception>
    public static Spread Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && text.EndsWith(')'))
        {
            var terms = text[(open + 1)..^1].Split(',');
            return text[..open] switch
            {
                "exp" => new("exp", Span(terms[0])),
                "lognormal" when terms.Length == 2 => new("lognormal", Span(terms[0]), Number(terms[1])),
                _ => throw new FormatException($"'{text}' is not a length of time."),
            };
        }
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots > 0
            ? new("even", Span(text[..dots]), Span(text[(dots + 2)..]))
            : new("fixed", Span(text));
    }

    /// <summary>The length for one subject.</summary>
    public TimeSpan For(Chance chance, string subject, string purpose) =>
        TimeSpan.FromMilliseconds(
            Shape switch
            {
                "even" => A + (B - A) * chance.Roll(subject, purpose),
                "exp" => -A * Math.Log(1 - chance.Roll(subject, purpose)),
                "lognormal" => A * Math.Exp(B * Normal(chance, subject, purpose)),
                _ => A,
            }
        );

    // Box and Muller.
    private static double Normal(Chance chance, string subject, string purpose) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.Roll(subject, purpose)))
        * Math.Cos(2 * Math.PI * chance.Roll(subject, purpose + "'"));

    /// <summary>Milliseconds; the last letter is the unit.</summary>
    private static double Span(string text) =>
        text.Trim() switch
        {
            [.. var ms, 'm', 's'] => Number(ms),
            [.. var s, 's'] => Number(s) * 1000,
            [.. var m, 'm'] => Number(m) * 60_000,
            [.. var h, 'h'] => Number(h) * 3_600_000,
            [.. var d, 'd'] => Number(d) * 86_400_000,
            var ms => Number(ms),
        };

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is not a number.");
}
