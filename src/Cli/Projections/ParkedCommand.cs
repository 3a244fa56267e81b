using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Projections;

/// <summary><c>gateway projections parked</c>, <c>retry</c> and <c>skip</c>: events that could not be taken in.</summary>
public static class ParkedCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    public static Command List(Runner runner) =>
        runner.Does(
            new Command("parked", "List the events that could not be taken in, the oldest first."),
            async call =>
                call.Output.Show(
                    await call.Client.Projections.Parked(call.Cancellation),
                    ProjectionSheets.Parked
                ),
            "gateway projections parked"
        );

    public static Command Retry(Runner runner)
    {
        var id = Given.Id("parked event");
        var retry = new Command("retry", "Try one again: build the views anew that stumbled over it.") { id };
        var waiting = RebuildWaiting.Of(retry);
        return runner.Does(
            retry,
            async call =>
                await waiting.Finish(
                    call,
                    await call.Client.Projections.Retry(call.Get(id), call.Cancellation)
                ),
            $"gateway projections retry {AnId} --wait"
        );
    }

    public static Command Skip(Runner runner)
    {
        var id = Given.Id("parked event");
        Option<string> reason = new("--reason")
        {
            Description = "For the record.",
            HelpName = "TEXT",
            Required = true,
        };
        return runner.Does(
            new Command("skip", "Leave one out for good.") { id, reason },
            async call =>
            {
                await call.Client.Projections.Skip(call.Get(id), call.Get(reason)!, call.Cancellation);
                call.Output.Done(call.Get(id), "skipped", $"Left out {call.Get(id)} for good.");
            },
            $"gateway projections skip {AnId} --reason \"forged, see case 17\""
        );
    }
}
