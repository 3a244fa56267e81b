using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.Webhooks;

namespace Gateway.Cli.Webhooks;

/// <summary><c>gateway webhooks replays</c>, <c>pause-replay</c>, <c>resume-replay</c> and <c>stop-replay</c>.</summary>
public static class ReplaysCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    public static Command List(Runner runner)
    {
        var (webhook, replay) = (Given.Id("webhook"), Given.IdOrAll("replay", "REPLAY"));
        return runner.Does(
            new Command("replays", "List its replays, the newest first, or show one.") { webhook, replay },
            async call =>
            {
                var (replays, id) = (call.Client.Replays, call.Get(webhook));
                if (call.Get(replay) is { } one)
                {
                    call.Output.Show(await replays.Read(id, one, call.Cancellation), ReplaySheets.Replays);
                    return;
                }

                call.Output.Show(await replays.List(id, call.Cancellation), ReplaySheets.Replays);
            },
            $"gateway webhooks replays {AnId}"
        );
    }

    public static Command Pause(Runner runner) =>
        Steer(
            runner,
            "pause-replay",
            "Have a replay wait.",
            (replays, webhook, id, stop) => replays.Pause(webhook, id, stop)
        );

    public static Command Resume(Runner runner) =>
        Steer(
            runner,
            "resume-replay",
            "Let a replay go on from where it was.",
            (replays, webhook, id, stop) => replays.Resume(webhook, id, stop)
        );

    public static Command Stop(Runner runner) =>
        Steer(
            runner,
            "stop-replay",
            "End a replay early, for good.",
            (replays, webhook, id, stop) => replays.Stop(webhook, id, stop)
        );

    private static Command Steer(
        Runner runner,
        string name,
        string description,
        Func<ReplaysClient, Guid, Guid, CancellationToken, Task<Replay>> steer
    )
    {
        var (webhook, replay) = (
            Given.Id("webhook"),
            Given.IdOrAll("replay", "REPLAY", "the one that isn't over")
        );
        return runner.Does(
            new Command(name, description) { webhook, replay },
            async call =>
            {
                var (replays, id) = (call.Client.Replays, call.Get(webhook));
                var one =
                    call.Get(replay)
                    ?? (await replays.List(id, call.Cancellation)).FirstOrDefault(found => !found.IsOver)?.Id
                    ?? throw new CommandException(ExitCode.Refused, "No replay of it is under way.");
                call.Output.Show(await steer(replays, id, one, call.Cancellation), ReplaySheets.Replays);
            },
            $"gateway webhooks {name} {AnId}"
        );
    }
}
