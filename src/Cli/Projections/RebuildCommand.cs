using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Projections;

/// <summary><c>gateway projections rebuild</c>, <c>rebuilds</c> and <c>cancel</c>: views built anew.</summary>
public static class RebuildCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    private static readonly string[] Views =
    [
        "ApiKeyEntry",
        "ConsentState",
        "Conversations",
        "DeviceRoster",
        "KnownThread",
        "Messages",
        "OpenExport",
        "OutboundWork",
        "WebhookAttempts",
        "WebhookEndpoint",
        "WebhookReplayEntry",
    ];

    public static Command Begin(Runner runner)
    {
        Argument<string[]> views = new("VIEW")
        {
            Description = "Such as Messages; all when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        views.CompletionSources.Add(Views);
        var rebuild = new Command("rebuild", "Build views anew beside those in use, compare, and take them.")
        {
            views,
        };
        var waiting = RebuildWaiting.Of(rebuild);
        return runner.Does(
            rebuild,
            async call =>
                await waiting.Finish(
                    call,
                    await call.Client.Projections.Rebuild(call.Get(views), call.Cancellation)
                ),
            "gateway projections rebuild --wait",
            "gateway projections rebuild Messages Conversations"
        );
    }

    public static Command List(Runner runner)
    {
        var id = Given.IdOrAll("rebuild");
        return runner.Does(
            new Command("rebuilds", "List the rebuilds, the newest first, or show what came of one.") { id },
            async call =>
            {
                var projections = call.Client.Projections;
                if (call.Get(id) is { } one)
                {
                    RebuildWaiting.Show(call, await projections.ReadRebuild(one, call.Cancellation));
                    return;
                }

                call.Output.Show(await projections.Rebuilds(call.Cancellation), ProjectionSheets.Rebuilds);
            },
            "gateway projections rebuilds",
            $"gateway projections rebuilds {AnId}"
        );
    }

    public static Command Cancel(Runner runner)
    {
        var id = Given.Id("rebuild");
        return runner.Does(
            new Command("cancel", "Stop a rebuild; what is in use stays as it is.") { id },
            async call =>
            {
                await call.Client.Projections.CancelRebuild(call.Get(id), call.Cancellation);
                call.Output.Done(call.Get(id), "cancelled", $"Cancelled rebuild {call.Get(id)}.");
            },
            $"gateway projections cancel {AnId}"
        );
    }
}
