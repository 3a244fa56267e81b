using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary><c>diff</c>, for everything that can be compared with itself.</summary>
public static class DiffCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    private static readonly Sheet<Change> Changes = new(
        "Nothing is different.",
        change => change.Path,
        [
            new("Path", change => change.Path.Length == 0 ? "(all)" : change.Path),
            new("Before", change => Words.Of(change.Before), Wraps: true),
            new("After", change => Words.Of(change.After), Wraps: true),
        ]
    );

    /// <param name="of">What is compared, such as <c>message</c>.</param>
    public static Command Create(
        Runner runner,
        string of,
        Func<Call, Guid, Moment, Moment?, Task<Difference>> ask
    )
    {
        var id = Given.Id(of);
        var from = Given.Moment(
            runner.Here,
            "--from",
            "The first moment: an instant, how long ago, a position, or before: and the id of a fact."
        );
        from.Required = true;
        var to = Given.Moment(runner.Here, "--to", "The second one; now when left out.");
        return runner.Does(
            new Command("diff", $"Show what became of a {of} between two moments.") { id, from, to },
            async call =>
            {
                var found = await ask(call, call.Get(id), call.Get(from)!.Value, call.Get(to));
                call.Output.Tell(
                    found,
                    difference => difference.Changes.Select(change => change.Path),
                    () => Show(call, found)
                );
            },
            $"gateway {of}s diff {AnId} --from 2h",
            $"gateway {of}s diff {AnId} --from 1234 --to 2026-01-31T12:00:00Z"
        );
    }

    private static void Show(Call call, Difference found)
    {
        call.Output.Show(found.Changes, Changes);
        if (found.Facts.Count > 0)
        {
            call.Output.Say("");
            call.Output.Show(found.Facts, FactSheets.OfOneStream);
        }

        call.Output.Hint($"From position {Words.Of(found.From)} to position {Words.Of(found.To)}.");
    }
}
