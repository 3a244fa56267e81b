using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary><c>gateway tail</c>: follows every fact as it is recorded.</summary>
public static class TailCommand
{
    public static Command Create(Runner runner)
    {
        var tail = new Command("tail", "Follow every fact as it is recorded; Ctrl-C ends it.");
        var narrowed = FactOptions.Of(tail, runner, isEndless: true);
        return runner.Does(
            tail,
            call => Follow(call, narrowed.After(call), narrowed.Filter(call)),
            "gateway tail",
            "gateway tail --types message_failed,message_doubted --json",
            "gateway tail --after 0 --number +447700900123"
        );
    }

    private static async Task Follow(Call call, long? after, FactFilter filter)
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
