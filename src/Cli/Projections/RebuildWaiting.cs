using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.Projections;

namespace Gateway.Cli.Projections;

/// <summary><c>--wait</c>: stays until a rebuild has ended.</summary>
public sealed class RebuildWaiting
{
    private readonly Option<bool> wait = new("--wait")
    {
        Description = "Wait until it has ended; then the exit code says whether every row is identical.",
    };

    /// <summary>Gives a command the option.</summary>
    public static RebuildWaiting Of(Command command)
    {
        var waiting = new RebuildWaiting();
        command.Add(waiting.wait);
        return waiting;
    }

    /// <summary>Shows what was begun, or waits and shows what came of it.</summary>
    public async Task Finish(Call call, Rebuild begun)
    {
        if (!call.Get(wait))
        {
            call.Output.Show(begun, ProjectionSheets.Rebuilds);
            call.Output.Hint($"Follow it with: gateway projections rebuilds {begun.Id}");
            return;
        }

        var ended = await Ended(call, begun.Id);
        Show(call, ended);
        if (ended.Status != Rebuild.Finished)
        {
            throw new CommandException(ExitCode.Refused, $"The rebuild is {ended.Status}.");
        }

        if (ended.Results.Any(view => view.Differences > 0))
        {
            throw new CommandException(
                ExitCode.Refused,
                "Not every row was as the facts say; those just built are in use now."
            );
        }
    }

    /// <summary>One rebuild, view by view.</summary>
    public static void Show(Call call, Rebuild rebuild) =>
        call.Output.Tell(
            rebuild,
            ended => [ended.Id.ToString()],
            () =>
            {
                if (rebuild.Results.Count > 0)
                {
                    call.Output.Show(rebuild.Results, ProjectionSheets.Results);
                }

                call.Output.Say(
                    ProjectionSheets.Outcome(rebuild)
                        ?? (
                            rebuild.Status == Rebuild.Running
                                ? ProjectionSheets.Progress(rebuild)
                                : rebuild.Status
                        )
                );
            }
        );

    private static async Task<Rebuild> Ended(Call call, Guid id)
    {
        var last = "";
        try
        {
            return await Polling.Until(
                call,
                () => call.Client.Projections.ReadRebuild(id, call.Cancellation),
                rebuild =>
                {
                    var line = ProjectionSheets.Progress(rebuild);
                    if (rebuild.Status == Rebuild.Running && line != last)
                    {
                        call.Output.Progress(last = line);
                    }

                    return rebuild.Status != Rebuild.Running;
                }
            );
        }
        finally
        {
            call.Output.Progress(null);
        }
    }
}
