using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Projections;

/// <summary><c>gateway projections</c>: what reads the facts, and views built anew from them.</summary>
public static class ProjectionsCommand
{
    public static Command Create(Runner runner) =>
        new("projections", "See what reads the facts, pause and resume it, and build views anew.")
        {
            List(runner),
            Pause(runner),
            Resume(runner),
            RebuildCommand.Begin(runner),
            RebuildCommand.List(runner),
            RebuildCommand.Cancel(runner),
            ParkedCommand.List(runner),
            ParkedCommand.Retry(runner),
            ParkedCommand.Skip(runner),
        };

    private static Command List(Runner runner) =>
        runner.Does(
            new Command("list", "List what reads the facts: how far it is, and how fast."),
            async call =>
                call.Output.Show(
                    await call.Client.Projections.List(call.Cancellation),
                    ProjectionSheets.Readers
                ),
            "gateway projections list"
        );

    private static Command Pause(Runner runner)
    {
        var reader = Reader();
        var reason = Given.Word("--reason", "TEXT", "For the record.");
        return runner.Does(
            new Command("pause", "Stop one, across restarts.") { reader, reason },
            async call =>
            {
                var name = call.Get(reader);
                await call.Client.Projections.Pause(name, call.Get(reason), call.Cancellation);
                call.Output.Done(name, "paused", $"Paused {name}.");
            },
            "gateway projections pause Webhooks --reason \"the receiver is being moved\""
        );
    }

    private static Command Resume(Runner runner)
    {
        var reader = Reader();
        return runner.Does(
            new Command("resume", "Let one go on from where it was.") { reader },
            async call =>
            {
                var name = call.Get(reader);
                await call.Client.Projections.Resume(name, call.Cancellation);
                call.Output.Done(name, "resumed", $"Resumed {name}.");
            },
            "gateway projections resume Webhooks"
        );
    }

    private static Argument<string> Reader()
    {
        Argument<string> reader = new("READER") { Description = "Such as Views or Webhooks." };
        reader.CompletionSources.Add("Views", "WebhookAttempts", "Webhooks");
        return reader;
    }
}
