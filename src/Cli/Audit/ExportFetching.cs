using System.CommandLine;
using System.Text.Json;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client;
using Gateway.Client.Audit;

namespace Gateway.Cli.Audit;

/// <summary><c>--output</c>: waits for an export, and has its file on this machine, whole and checked, or not at all.</summary>
public sealed class ExportFetching
{
    private readonly Option<string> output = new("--output")
    {
        Description = "The file it becomes; its manifest is put beside it.",
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>Gives a command the option.</summary>
    public static ExportFetching Of(Command command)
    {
        var fetching = new ExportFetching();
        command.Add(fetching.output);
        return fetching;
    }

    /// <summary>Where it will be.</summary>
    /// <exception cref="CommandException">There is something already, or no such folder.</exception>
    public string Place(Call call)
    {
        var file = Path.GetFullPath(call.Get(output)!);
        return File.Exists(file) || Directory.Exists(file)
                ? throw new CommandException(ExitCode.Usage, $"{file} is there already.")
            : !Directory.Exists(Path.GetDirectoryName(file))
                ? throw new CommandException(ExitCode.Usage, $"There is no folder for {file}.")
            : file;
    }

    /// <summary>Waits until it is done, fetches it, and shows what it has.</summary>
    public async Task Finish(Call call, Guid id)
    {
        var file = Place(call);
        try
        {
            var export = await Ended(call, id);
            if (export.Status != Export.Done)
            {
                throw new CommandException(
                    ExitCode.Refused,
                    export.Error ?? $"The export is {export.Status}."
                );
            }

            var manifest = await call.Client.Exports.Manifest(id, call.Cancellation);
            await Fetch(call, manifest, file);
            call.Output.Show(manifest, ExportSheets.Manifests);
        }
        catch (Exception cut) when (cut is not CommandException and not GatewayProblemException)
        {
            call.Output.Hint($"Go on with: gateway audit exports fetch {id} --output {call.Get(output)}");
            throw;
        }
    }

    private static async Task<Export> Ended(Call call, Guid id)
    {
        var last = "";
        try
        {
            return await Polling.Until(
                call,
                () => call.Client.Exports.Read(id, call.Cancellation),
                export =>
                {
                    if (
                        export.Status == Export.Running
                        && ExportSheets.Progress(export) is var line
                        && line != last
                    )
                    {
                        call.Output.Progress(last = line);
                    }

                    return export.Status != Export.Running;
                }
            );
        }
        finally
        {
            call.Output.Progress(null);
        }
    }

    /// <summary>What was fetched so far is found again by the hash of the whole, so it is never gone on with another's.</summary>
    private static async Task Fetch(Call call, ExportManifest manifest, string file)
    {
        var part = $"{file}.{manifest.Sha256[..8]}.part";
        var last = "";
        try
        {
            await using var partly = new FileStream(part, Mode());
            await call.Client.Exports.Fetch(
                manifest,
                partly,
                bytes =>
                {
                    var line = ExportSheets.Progress(manifest, bytes);
                    if (line != last)
                    {
                        call.Output.Progress(last = line);
                    }
                },
                call.Cancellation
            );
        }
        catch (InvalidDataException wrong)
        {
            throw new CommandException(ExitCode.Refused, $"{wrong.Message} Nothing of it was kept.");
        }
        finally
        {
            call.Output.Progress(null);
        }

        await File.WriteAllTextAsync(
            $"{file}.manifest.json",
            WholeJson.Laid(WholeJson.Element(manifest)) + "\n",
            call.Cancellation
        );
        File.Move(part, file);
    }

    /// <summary>There are texts in it: nobody else can read it.</summary>
    private static FileStreamOptions Mode()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
