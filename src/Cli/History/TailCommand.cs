using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary><c>gateway tail</c>: follows every fact as it is recorded.</summary>
public static class TailCommand
{
    public static Command Create(Runner runner)
    {
        var after = Given.Number(
            "--after",
            "POSITION",
            "Begin behind this position, 0 from the very first fact; only what is new when left out."
        );
        var since = Given.Past(runner.Here, "--since", "Begin with what was recorded then.");
        var types = Given.Words("--types", "TYPE,…", "Only these, such as message_sent,message_delivered.");
        var number = Given.Word("--number", "NUMBER", "What this number takes part in.");
        var actor = Given.Word("--actor", "ACTOR", "Caused by, such as key:… or system:router.");
        var stream = Given.Id("--stream", "Of this message, device, key …");
        var correlation = Given.Word("--correlation", "ID", "Of one request.");
        var device = Given.Id("--device", "Of this device.");
        return runner.Does(
            new Command("tail", "Follow every fact as it is recorded; Ctrl-C ends it.")
            {
                after,
                since,
                types,
                number,
                actor,
                stream,
                correlation,
                device,
            },
            call =>
                Follow(
                    call,
                    call.Get(after),
                    new()
                    {
                        Since = call.Get(since),
                        Types = call.Get(types) ?? [],
                        Number = call.Get(number),
                        Actor = call.Get(actor),
                        Stream = call.Get(stream),
                        Correlation = call.Get(correlation),
                        Device = call.Get(device),
                    }
                ),
            "gateway tail",
            "gateway tail --types message_failed,message_doubted --json",
            "gateway tail --after 0 --number +447700900123"
        );
    }

    private static async Task Follow(Call call, long? after, EventFilter filter)
    {
        var isTold = false;
        var facts = call.Client.Events.Follow(after, filter, Interrupted, call.Cancellation);
        await foreach (var fact in facts)
        {
            isTold = false;
            call.Output.Next(fact, FactSheets.AsTheyCome);
        }

        // Once is enough, however often it takes to get through again.
        void Interrupted(Exception? broken)
        {
            if (!isTold)
            {
                call.Output.Hint($"The connection ended{Why(broken)}; going on from the last fact …");
            }

            isTold = true;
        }
    }

    private static string Why(Exception? broken) =>
        broken is null ? "" : $" ({CommandException.Reason(broken)})";
}
