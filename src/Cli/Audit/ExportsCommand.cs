using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;

namespace Gateway.Cli.Audit;

/// <summary><c>gateway audit export</c> and <c>gateway audit exports</c>: parts of the log as files.</summary>
public static class ExportsCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    private static readonly string[] Formats = ["jsonl", "csv"];

    /// <summary><c>export</c>: asks for one, waits, and fetches it.</summary>
    public static Command Make(Runner runner)
    {
        Option<string> format = new("--format")
        {
            Description = "jsonl, a fact as JSON on each line, or csv; by the end of FILE when left out.",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong(Formats);
        var upTo = Given.Number(
            "--up-to",
            "POSITION",
            "End with this position; with the last fact when left out.",
            least: 1
        );
        var export = new Command("export", "Have facts written into a file, fetch it, and check it.");
        var narrowed = FactOptions.Of(export, runner, isEndless: false);
        export.Add(upTo);
        export.Add(format);
        var fetching = ExportFetching.Of(export);
        return runner.Does(
            export,
            async call =>
            {
                var file = fetching.Place(call);
                var asked = await call.Client.Exports.Ask(
                    call.Get(format) ?? ByName(file),
                    narrowed.Filter(call),
                    narrowed.After(call),
                    call.Get(upTo),
                    call.Cancellation
                );
                await fetching.Finish(call, asked.Id);
            },
            "gateway audit export --number +447700900123 --format csv --output bob.csv",
            "gateway audit export --since 2026-01-01 --until 2026-02-01 --output january.jsonl"
        );
    }

    /// <summary><c>exports</c>: lists them; with commands for one.</summary>
    public static Command Create(Runner runner)
    {
        var exports = new Command("exports", "List the exports, the newest first, or do something with one.")
        {
            Fetch(runner),
            Remove(runner),
        };
        var many = HowMany.Of(exports);
        return runner.Does(
            exports,
            call =>
                call.Output.Show(
                    call.Client.Exports.List(many.PageSize(call), call.Cancellation),
                    many.Most(call),
                    ExportSheets.Exports
                ),
            "gateway audit exports",
            $"gateway audit exports fetch {AnId} --output audit.csv"
        );
    }

    private static Command Fetch(Runner runner)
    {
        var id = Given.Id("export");
        var fetch = new Command("fetch", "Fetch one, going on where it broke off, and check it.") { id };
        var fetching = ExportFetching.Of(fetch);
        return runner.Does(
            fetch,
            call => fetching.Finish(call, call.Get(id)),
            $"gateway audit exports fetch {AnId} --output audit.csv"
        );
    }

    private static Command Remove(Runner runner)
    {
        var id = Given.Id("export");
        return runner.Does(
            new Command("remove", "Call one off, or take its file away from the gateway.") { id },
            async call =>
            {
                await call.Client.Exports.Remove(call.Get(id), call.Cancellation);
                call.Output.Done(call.Get(id), "removed", $"Removed export {call.Get(id)}.");
            },
            $"gateway audit exports remove {AnId}"
        );
    }

    private static string ByName(string file) =>
        Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "jsonl";
}
