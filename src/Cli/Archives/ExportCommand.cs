using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Archives;

/// <summary><c>gateway export</c>: the history as a file.</summary>
public static class ExportCommand
{
    public static Command Create(Runner runner)
    {
        Option<bool> all = new("--all") { Description = "Everything, of all tenants." };
        var (from, to) = Part();
        var file = Saving.File("the archive");
        var command = new Command("export", "Save the history, or a part of it, as a sealed file.")
        {
            all,
            from,
            to,
            file,
        };
        return runner.Does(
            command,
            call =>
                (call.Get(all), call.Get(from), call.Get(to)) switch
                {
                    (true, null, null) => Saving.Save(
                        call,
                        call.Get(file),
                        archive => archive.SaveAll(call.Get(file), call.Cancellation)
                    ),
                    (false, { } first, { } last) => Saving.Save(
                        call,
                        call.Get(file),
                        archive => archive.SavePart(first - 1, last, call.Get(file), call.Cancellation)
                    ),
                    _ => throw new CommandException(
                        ExitCode.Usage,
                        "Say what shall be saved: --all, or --from and --to."
                    ),
                },
            "gateway export --all history.gz",
            "gateway export --from 1000 --to 2000 part.gz"
        );
    }

    /// <summary>A part of the log: the streams that have a fact in it.</summary>
    public static (Option<long?> From, Option<long?> To) Part() =>
        (
            Given.Number("--from", "POSITION", "Streams with a fact at or after this position.", least: 1),
            Given.Number("--to", "POSITION", "And at or before this one.", least: 1)
        );
}
