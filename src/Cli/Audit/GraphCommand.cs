using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.Audit;
using Gateway.Client.History;

namespace Gateway.Cli.Audit;

/// <summary><c>gateway audit graph</c>: all that followed from one request, as a tree.</summary>
public static class GraphCommand
{
    private static readonly Sheet<(int Depth, Fact Fact)> Tree = new(
        "",
        place => place.Fact.Id.ToString(),
        [
            new("Type", place => new string('\u00A0', 2 * place.Depth) + place.Fact.Type),
            new("Position", place => Words.Of(place.Fact.Position)),
            new("Recorded", place => Words.Exactly(place.Fact.RecordedAt)),
            new("Stream", place => place.Fact.Stream.ToString()),
            new("Actor", place => place.Fact.Actor),
        ]
    );

    public static Command Create(Runner runner)
    {
        Argument<string> correlation = new("CORRELATION")
        {
            Description = "What a fact or 'gateway messages why' names.",
        };
        return runner.Does(
            new Command("graph", "Show what led to what in one request, across streams.") { correlation },
            async call =>
            {
                var graph = await call.Client.Audit.Graph(call.Get(correlation), call.Cancellation);
                var tree = TreeOf(graph);
                call.Output.Tell(graph, _ => tree.Select(Tree.Essence), () => call.Output.Show(tree, Tree));
                if (graph.More)
                {
                    call.Output.Hint("There are more facts than these.");
                }
            },
            "gateway audit graph 4bf92f3577b34da6a3ce929d0e0e4736"
        );
    }

    /// <summary>Each fact below the one that led to it, in the order of the log.</summary>
    private static List<(int Depth, Fact Fact)> TreeOf(CausationGraph graph)
    {
        var facts = graph.Facts.ToDictionary(fact => fact.Id);
        var effects = graph.Causes.ToLookup(cause => cause.From, cause => cause.To);
        return [.. graph.Roots.SelectMany(root => Below(root, 0))];

        IEnumerable<(int, Fact)> Below(Guid id, int depth) =>
            effects[id]
                .OrderBy(effect => facts[effect].Position)
                .SelectMany(effect => Below(effect, depth + 1))
                .Prepend((depth, facts[id]));
    }
}
