using System.Globalization;

namespace Gateway.Bench;

/// <summary>What to measure and for how long.</summary>
/// <param name="Seconds">Length of each measurement; null for each one's own.</param>
/// <param name="Only">One of <see cref="Phases"/>; null for all.</param>
/// <param name="Rate">Lives ordered per second; null for a run at full load and one at 500.</param>
/// <param name="Agents">Devices in the fleet.</param>
/// <param name="WarmUp">Seconds of load before each measurement.</param>
/// <param name="GatewayUrl">A gateway that runs already; null to start one.</param>
/// <param name="Key">Its key.</param>
/// <param name="Database">Its database's connection string; without it, what is asked of the database is left out.</param>
/// <param name="Save">Writes the result into <c>docs/performance.md</c>.</param>
internal sealed record Options(
    int? Seconds = null,
    string? Only = null,
    int? Rate = null,
    int Agents = 200,
    int WarmUp = 60,
    Uri? GatewayUrl = null,
    string? Key = null,
    string? Database = null,
    bool Save = false
)
{
    public const string Usage = """
        bench [--seconds N] [--only ceiling|accepted|latency|lives] [--rate N] [--agents N] [--warm-up N]
              [--save] [--gateway-url URL --key KEY [--database CONNECTION-STRING]]
        bench history [EVENTS …]                 make long histories, read and rebuild them
        bench history --of CONNECTION-STRING KEY measure one that was made before
        bench fill CONNECTION-STRING EVENTS      only make one, in a database that a gateway has made its tables in
        """;

    /// <summary>In the order they run.</summary>
    public static IReadOnlyList<string> Phases { get; } = ["ceiling", "accepted", "latency", "lives"];

    /// <exception cref="FormatException">A word is not known, or lacks its value.</exception>
    public static Options Parse(IReadOnlyList<string> words)
    {
        var options = new Options();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            string Value() =>
                ++i < words.Count ? words[i] : throw new FormatException($"{word} lacks a value.");
            options = word switch
            {
                "--seconds" => options with { Seconds = Number(word, Value(), 1, 600) },
                "--only" => options with { Only = Phase(Value()) },
                "--rate" => options with { Rate = Number(word, Value(), 1, 100_000) },
                "--agents" => options with { Agents = Number(word, Value(), 1, 500) },
                "--warm-up" => options with { WarmUp = Number(word, Value(), 5, 600) },
                "--gateway-url" => options with { GatewayUrl = new Uri(Value()) },
                "--key" => options with { Key = Value() },
                "--database" => options with { Database = Value() },
                "--save" => options with { Save = true },
                _ => throw new FormatException($"'{word}' is not known."),
            };
        }

        return options.GatewayUrl is null == options.Key is null
            ? options
            : throw new FormatException("--gateway-url and --key go together.");
    }

    public bool Wants(string phase) => Only is null || Only == phase;

    private static string Phase(string word) =>
        Phases.Contains(word) ? word : throw new FormatException($"There is no phase '{word}'.");

    private static int Number(string word, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new FormatException($"{word} takes a number from {least} to {most}.");
}
