using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.Audit;

namespace Gateway.Cli.Audit;

/// <summary><c>gateway audit</c>: searches, counts and exports facts, and shows what led to what and who read.</summary>
public static class AuditCommand
{
    private static readonly Sheet<FactCount> Counts = new(
        "",
        count => Words.Of(count.Count),
        [new("Facts", count => $"{(count.IsExact ? "" : "more than ")}{Words.Of(count.Count)}")]
    );

    public static Command Create(Runner runner) =>
        new("audit", "Search and export every fact, see what led to what, and who read texts.")
        {
            List(runner),
            Count(runner),
            GraphCommand.Create(runner),
            ReadingsCommand.Create(runner),
            ExportsCommand.Make(runner),
            ExportsCommand.Create(runner),
        };

    private static Command List(Runner runner)
    {
        var list = new Command("list", "List facts, in the order they were recorded.");
        var narrowed = FactOptions.Of(list, runner, isEndless: false);
        var many = HowMany.Of(list);
        return runner.Does(
            list,
            call =>
                call.Output.Show(
                    call.Client.Audit.List(
                        narrowed.Filter(call),
                        narrowed.After(call),
                        many.PageSize(call),
                        call.Cancellation
                    ),
                    many.Most(call),
                    FactSheets.OfMany
                ),
            "gateway audit list --number +447700900123",
            "gateway audit list --types message_failed --since 1d --all --json | jq .data"
        );
    }

    private static Command Count(Runner runner)
    {
        var count = new Command("count", "Count the facts that a list would have, exactly up to 10,000.");
        var narrowed = FactOptions.Of(count, runner, isEndless: false);
        return runner.Does(
            count,
            async call =>
                call.Output.Show(
                    await call.Client.Audit.Count(
                        narrowed.Filter(call),
                        narrowed.After(call),
                        call.Cancellation
                    ),
                    Counts
                ),
            "gateway audit count --types message_failed --since 1d",
            "gateway audit count --number +447700900123 --quiet"
        );
    }
}
