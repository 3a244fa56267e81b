using System.Globalization;
using System.Text;

namespace Gateway.Bench;

/// <summary>The result as Markdown: what was measured, what it is compared with, and where the time went.</summary>
internal sealed class Report
{
    private const string Begin = "<!-- bench:begin -->";
    private const string End = "<!-- bench:end -->";
    private const int EventsPerLife = 5;

    private readonly List<(string What, string Number, string Against)> rows = [];
    private readonly List<PhaseUse> uses = [];
    private readonly List<string> remarks = [];

    public Ceiling? Ceiling { get; private set; }

    public void Add(PhaseUse use) => uses.Add(use);

    public void Remark(string sentence) => remarks.Add(sentence);

    public void Add(Ceiling? ceiling)
    {
        Ceiling = ceiling;
        if (ceiling is null)
        {
            Remark("There is no pgbench on this machine: the ceiling is left out.");
            return;
        }

        rows.Add(
            ("pgbench, one message per transaction", $"{ceiling.OneByOne:N0}/s", "the ceiling, one by one")
        );
        rows.Add(
            ("pgbench, 100 messages per transaction", $"{ceiling.ByHundreds:N0}/s", "the ceiling, in batches")
        );
        Remark(
            $"One event row of the ceiling has {ceiling.Octets} octets as text; {Ceiling.Clients} clients."
        );
    }

    public void Add((Accepted Cold, Accepted Warm) run)
    {
        var (cold, accepted) = run;
        rows.Add(
            ("accepted, a gateway's first 5 s", $"{cold.PerSecond:N0}/s", "it compiles while it serves")
        );
        rows.Add(
            (
                "accepted, one by one",
                $"{accepted.PerSecond:N0}/s",
                Against(accepted.PerSecond, Ceiling?.OneByOne, "pgbench 1/tx")
                    + Against(accepted.PerSecond, Ceiling?.ByHundreds, "100/tx")
            )
        );
        rows.Add(
            ("… its p50 / p90 / p99 / max", accepted.Waits.Text, $"{AcceptLoad.Connections} connections")
        );
        rows.Add(("… refused", $"{accepted.Refused:N0}", ""));
    }

    public void Add(Latency latency)
    {
        var load = $"{LatencyLoad.PerSecond}/s, open loop";
        rows.Add(("order → accepted, p50 / p90 / p99 / max", latency.Accept.Text, load));
        rows.Add(("accepted → on the device", latency.ToDevice.Text, "lease read from the device's socket"));
        rows.Add(("order → on the device", latency.DueToDevice.Text, ""));
        rows.Add(("… not seen on a device / refused", $"{latency.NotSeen:N0} / {latency.Refused:N0}", ""));
    }

    public void Add(LivesRun run)
    {
        rows.Add(
            (
                $"lives, {run.Name}",
                $"{run.PerSecond:N0}/s",
                Against(run.PerSecond * EventsPerLife, Ceiling?.ByHundreds, "events of pgbench 100/tx")
            )
        );
        rows.Add(
            ("… ordered / refused", $"{run.Ordered:N0} / {run.Refused:N0}", $"{run.OrderedPerSecond:N0}/s")
        );
        var drained = run.DrainSeconds is { } seconds ? $"gone after {seconds:0.0} s" : "not gone in 20 s";
        rows.Add(("… backlog at the end", $"{run.Backlog:N0}", drained));
        rows.Add(
            (
                "… views behind at most",
                $"{run.MostLag:N0} events",
                $"{run.EventsPerLife:0.00} events per life"
            )
        );
        rows.Add(("… agents lost", $"{run.AgentsLost}", run.Odd.Length > 0 ? $"other facts: {run.Odd}" : ""));
    }

    public string Text(string machine)
    {
        var text = new StringBuilder();
        text.AppendLine(machine).AppendLine();
        Table(
            text,
            ["what", "measured", "against"],
            rows.Select(row => new[] { row.What, row.Number, row.Against })
        );
        text.AppendLine();
        Table(
            text,
            [
                "phase",
                "seconds",
                "gateway CPU",
                "PostgreSQL CPU",
                "client CPU",
                "gateway memory, peak",
                "pace of a core, before and after",
            ],
            uses.Select(use =>
                new[]
                {
                    use.Name,
                    $"{use.Seconds:0.0}",
                    Cpu(use.Gateway, use),
                    Cpu(use.Postgres, use),
                    Cpu(use.Client, use),
                    use.GatewayPeak is { } octets ? $"{octets / 1048576.0:N0} MB" : "–",
                    $"{use.Pace.Before:0.0}, {use.Pace.After:0.0} M/s",
                }
            )
        );
        foreach (var remark in remarks)
        {
            text.AppendLine().AppendLine(remark);
        }

        return text.ToString();
    }

    /// <summary>Puts the text between the marks of <c>docs/performance.md</c>.</summary>
    public static void Save(string text)
    {
        var path = Path.Combine(Checkout.Folder, "docs", "performance.md");
        var page = File.ReadAllText(path);
        var (begin, end) = (
            page.IndexOf(Begin, StringComparison.Ordinal),
            page.IndexOf(End, StringComparison.Ordinal)
        );
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} lacks the marks {Begin} and {End}.");
        }

        File.WriteAllText(path, $"{page[..(begin + Begin.Length)]}\n\n{text}\n{page[end..]}");
    }

    private static void Table(StringBuilder text, string[] head, IEnumerable<string[]> lines)
    {
        text.AppendLine($"| {string.Join(" | ", head)} |");
        text.AppendLine($"|{string.Concat(head.Select(_ => "---|"))}");
        foreach (var line in lines)
        {
            text.AppendLine($"| {string.Join(" | ", line)} |");
        }
    }

    private static string Against(double ours, double? theirs, string what) =>
        theirs is { } ceiling
            ? string.Create(CultureInfo.InvariantCulture, $"{ours / ceiling:0.00} × {what}; ")
            : "";

    private static string Cpu(double? seconds, PhaseUse use) =>
        seconds is { } cpu ? $"{cpu:0.0} s, {cpu / use.Seconds * 100:0} %" : "–";
}
