using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Archives;

/// <summary><c>gateway import</c>: fills an empty gateway on this machine.</summary>
public static class ImportCommand
{
    public static Command Create(Runner runner)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "An archive that gateway export --all saved.",
        };
        var server = ServerProgram.Option();
        return runner.Does(
            new Command(
                "import",
                "Fill an empty gateway on this machine, whose settings are those of this folder and environment."
            )
            {
                file,
                server,
            },
            async call =>
            {
                using var program = ServerProgram.Start(call, call.Get(server), "import", call.Get(file));
                await foreach (var line in program.Lines(call.Cancellation))
                {
                    call.Output.Say(line);
                }
            },
            "gateway import history.gz"
        );
    }
}
