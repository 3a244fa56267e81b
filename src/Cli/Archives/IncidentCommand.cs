using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Archives;

/// <summary><c>gateway incident</c>: what happened around a message, in a file that may be shown to others.</summary>
public static class IncidentCommand
{
    public static Command Create(Runner runner) =>
        new("incident", "Hand on what happened around a message.") { Export(runner) };

    private static Command Export(Runner runner)
    {
        var around = Around();
        around.Required = true;
        var file = Saving.File("the incident");
        return runner.Does(
            new Command("export", "Save what a message had to do with; everything personal is replaced.")
            {
                around,
                file,
            },
            call =>
                Saving.Save(
                    call,
                    call.Get(file),
                    archive =>
                        archive.SaveIncident(call.Get(around)!.Value, call.Get(file), call.Cancellation)
                ),
            "gateway incident export --around 9b6964e5-4d31-59b3-bedd-88aa06c62771 incident.gz"
        );
    }

    /// <summary>The message.</summary>
    public static Option<Guid?> Around() => Given.Id("--around", "The message, of either direction.");
}
