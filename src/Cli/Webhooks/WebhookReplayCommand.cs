using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.History;
using Gateway.Client.Webhooks;

namespace Gateway.Cli.Webhooks;

/// <summary><c>gateway webhooks replay</c>: a webhook is told again what happened.</summary>
public sealed class WebhookReplayCommand
{
    private const int HighestRate = 100;
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    private readonly Argument<Guid> id = Given.Id("webhook");
    private readonly Option<Moment?> from;
    private readonly Option<Moment?> to;
    private readonly Option<string[]?> events = new("--event")
    {
        Description = "Such as message.sent or message.*; all that it asked for when left out.",
        HelpName = "EVENT",
    };
    private readonly Option<string?> number = Given.Word(
        "--number",
        "NUMBER",
        "Only what concerns it, such as +447700900123."
    );
    private readonly Option<Guid?> device = Given.Id("--device", "Only what concerns this device.");
    private readonly Option<Guid?> stream = Given.Id("--stream", "Only of this message, device …");
    private readonly Option<long?> rate = Given.Number(
        "--rate",
        "N",
        "So many calls a second at most; 10 when left out.",
        1,
        HighestRate
    );
    private readonly Option<bool> count = new("--count") { Description = "Only count what would be told." };
    private readonly Option<bool> wait = new("--wait")
    {
        Description = "Wait until it has ended or is paused; then the exit code says which.",
    };

    private WebhookReplayCommand(Surroundings here)
    {
        from = Given.Moment(here, "--from", "Begins behind this; 0 is the beginning of the log.", least: 0);
        from.Required = true;
        to = Given.Moment(here, "--to", "Ends with this; now when left out.");
    }

    public static Command Create(Runner runner)
    {
        var replay = new WebhookReplayCommand(runner.Here);
        return runner.Does(
            new Command("replay", "Tell it again what happened, under the same ids and marked as a replay.")
            {
                replay.id,
                replay.from,
                replay.to,
                replay.events,
                replay.number,
                replay.device,
                replay.stream,
                replay.rate,
                replay.count,
                replay.wait,
            },
            replay.Do,
            $"gateway webhooks replay {AnId} --from 2h --count",
            $"gateway webhooks replay {AnId} --from 2026-01-31T12:00:00Z --to 2026-01-31T14:00:00Z --wait"
        );
    }

    private async Task Do(Call call)
    {
        var (webhook, order) = (call.Get(id), Order(call));
        if (call.Get(count))
        {
            var counted = await call.Client.Replays.Count(webhook, order, call.Cancellation);
            call.Output.Show(counted, ReplaySheets.Counts);
            return;
        }

        var begun = await call.Client.Replays.Begin(webhook, order, call.Cancellation);
        if (!call.Get(wait))
        {
            call.Output.Show(begun, ReplaySheets.Replays);
            call.Output.Hint($"Follow it with: gateway webhooks replays {webhook} {begun.Id}");
            return;
        }

        var ended = await Ended(call, begun);
        call.Output.Show(ended, ReplaySheets.Replays);
        if (ended.Status != Replay.Finished)
        {
            throw new CommandException(ExitCode.Refused, $"The replay is {ended.Status}.");
        }
    }

    private ReplayOrder Order(Call call) =>
        new(call.Get(from)!.Value)
        {
            To = call.Get(to),
            Events = call.Get(events) is { Length: > 0 } chosen ? chosen : null,
            Number = call.Get(number),
            Device = call.Get(device),
            Stream = call.Get(stream),
            RatePerSecond = (int?)call.Get(rate),
        };

    private static async Task<Replay> Ended(Call call, Replay begun)
    {
        var last = "";
        try
        {
            return await Polling.Until(
                call,
                () => call.Client.Replays.Read(begun.WebhookId, begun.Id, call.Cancellation),
                replay =>
                {
                    if (ReplaySheets.Sent(replay) is var told && told != last)
                    {
                        call.Output.Progress(last = told);
                    }

                    return replay.Status != Replay.Running;
                }
            );
        }
        finally
        {
            call.Output.Progress(null);
        }
    }
}
