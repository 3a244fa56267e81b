using System.CommandLine;
using System.Text.Json;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary>One fact of a replay.</summary>
/// <param name="State">What the thing was with it; null when there was none.</param>
/// <param name="Changes">What became different by it.</param>
public sealed record ReplayedFact(Fact Fact, JsonElement? State, IReadOnlyList<Change> Changes);

/// <summary><c>gateway replay</c>: the facts of one thing, one by one, and what each made of it.</summary>
public static class ReplayCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    public static Command Create(Runner runner)
    {
        var stream = Given.Id("--stream", "The message, conversation, device, webhook …");
        stream.Required = true;
        Option<bool> step = new("--step")
        {
            Description =
                "Wait for Enter between two facts; s and Enter shows all it is, q and Enter ends. Without a person it goes on.",
        };
        Option<bool> whole = new("--whole")
        {
            Description = "Show all that it is after each fact, not only what is different.",
        };
        return runner.Does(
            new Command("replay", "Read the facts of one thing one by one, with what each made of it.")
            {
                stream,
                step,
                whole,
            },
            async call =>
            {
                var isStepping = call.Get(step) && call.Here.IsInteractive && call.Output.IsForPeople;
                var life = await Life.Find(call, call.Get(stream)!.Value);
                JsonElement? state = null;
                foreach (var fact in life.Facts)
                {
                    var next = await life.StateAfter(fact);
                    Show(call, new(fact, next, Comparison.Of(state, next)), call.Get(whole));
                    state = next;
                    if (isStepping && fact != life.Facts[^1] && !await GoesOn(call, state))
                    {
                        return;
                    }
                }
            },
            $"gateway replay --stream {AnId}",
            $"gateway replay --stream {AnId} --step",
            $"gateway replay --stream {AnId} --json | jq -r '.changes[].path'"
        );
    }

    private static void Show(Call call, ReplayedFact now, bool isWhole) =>
        call.Output.Tell(
            now,
            replayed => [replayed.Fact.Id.ToString()],
            () =>
            {
                call.Output.Next(now.Fact, FactSheets.OfOne);
                if (isWhole)
                {
                    Card(call, now.State);
                    return;
                }

                var changes = now.Changes.Where(IsWorthShowing).ToList();
                var longest = changes.Select(change => change.Path.Length).DefaultIfEmpty().Max();
                foreach (var change in changes)
                {
                    call.Output.Say(Words.Clean($"    {change.Path.PadRight(longest)}  {Became(change)}"));
                }
            }
        );

    private static string Became(Change change) =>
        change.Path.Length == 0 ? "It is no more."
        : change.Before is null ? $"= {Words.Of(change.After)}"
        : change.After is null ? $"no more {Words.Of(change.Before)}"
        : $"{Words.Of(change.Before)} → {Words.Of(change.After)}";

    /// <summary>A list that begins empty says nothing.</summary>
    private static bool IsWorthShowing(Change change) =>
        change is not { Before: null, After: { ValueKind: JsonValueKind.Array } list }
        || list.GetArrayLength() > 0;

    private static void Card(Call call, JsonElement? state)
    {
        if (state is { ValueKind: JsonValueKind.Object } whole)
        {
            call.Output.Show(
                whole,
                new Sheet<JsonElement>(
                    "",
                    _ => "",
                    [
                        .. whole
                            .EnumerateObject()
                            .Select(field => new Column<JsonElement>(
                                $"    {field.Name}",
                                _ => Words.Of((JsonElement?)field.Value),
                                Wraps: true
                            )),
                    ]
                )
            );
        }
    }

    private static async Task<bool> GoesOn(Call call, JsonElement? state)
    {
        while (true)
        {
            call.Output.Ask("Enter: the next fact; s: all it is now; q: end ");
            // A console reads without looking up; whoever interrupts needn't press Enter first.
            var said = await Task.Run(call.Here.In.ReadLine).WaitAsync(call.Cancellation);
            switch (said?.Trim())
            {
                case "s":
                    Card(call, state);
                    break;
                case null or "q":
                    return false;
                default:
                    return true;
            }
        }
    }
}
