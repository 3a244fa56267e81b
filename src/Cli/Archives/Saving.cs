using Gateway.Cli.Running;
using Gateway.Client.Archives;

namespace Gateway.Cli.Archives;

/// <summary>Files that come from a gateway.</summary>
public static class Saving
{
    /// <summary>Where a file goes.</summary>
    public static System.CommandLine.Argument<string> File(string what) =>
        new("FILE") { Description = $"Where {what} goes; it stands there only when it is whole." };

    /// <summary>Saves one and says what is in it.</summary>
    public static async Task Save(Call call, string path, Func<ArchiveClient, Task<ArchiveSeal>> save)
    {
        try
        {
            var seal = await save(call.Client.Archive);
            call.Output.Say($"{path}: {seal.Facts} facts in {seal.Streams} streams, sealed.");
        }
        catch (InvalidDataException broken)
        {
            throw new CommandException(ExitCode.Unreachable, $"{broken.Message} {path} was not written.");
        }
    }
}
