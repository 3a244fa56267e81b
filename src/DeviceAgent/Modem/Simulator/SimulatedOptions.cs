using System.Collections.Concurrent;
using System.Globalization;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>The words after <c>sim:…?</c>, laid over the scenario.</summary>
public static class SimulatedOptions
{
    // Two writers that append to one file would write over each other.
    private static readonly ConcurrentDictionary<string, Truth> Truths = new();

    /// <exception cref="FormatException">An option doesn't say what it must.</exception>
    public static Scenario Apply(RadioUri uri, Scenario scenario)
    {
        var defaults = scenario.Defaults ?? new();
        return scenario with
        {
            Seed = uri.Number("seed") ?? scenario.Seed,
            Investigate = uri.Text("investigate") ?? scenario.Investigate,
            Sims = Named(uri) ?? scenario.Sims,
            Defaults = defaults with
            {
                AcceptMs = Span(uri, "acceptMs") ?? defaults.AcceptMs,
                SilentMs = Span(uri, "silentMs") ?? defaults.SilentMs,
                Report = Span(uri, "reportMs") is { } after
                    ? (defaults.Report ?? new()) with
                    {
                        After = after,
                    }
                    : defaults.Report,
            },
        };
    }

    /// <summary>Where the ground truth goes; null for nowhere.</summary>
    public static Truth? Truth(RadioUri uri) =>
        uri.Text("truth") is { Length: > 0 } path ? Truths.GetOrAdd(Path.GetFullPath(path), Append) : null;

    private static Truth Append(string path) =>
        new(new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)));

    /// <summary><c>sim</c>, <c>number</c> and <c>sims</c> (how many, with numbers that follow the first).</summary>
    private static List<SimulatedSim>? Named(RadioUri uri)
    {
        if (uri.Text("sim") is null && uri.Text("number") is null && uri.Text("sims") is null)
        {
            return null;
        }
        var count = (int)(uri.Number("sims") ?? 1);
        var first = long.Parse(
            uri.Text("number") ?? "+447700900001",
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture
        );
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new SimulatedSim(
                    count == 1 ? uri.Text("sim") ?? "sim1" : $"sim{i + 1}",
                    $"+{first + i}"
                )),
        ];
    }

    private static Spread? Span(RadioUri uri, string option) =>
        uri.Text(option) is { } text ? Spread.Parse(text) : null;
}
