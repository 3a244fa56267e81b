using Gateway.Api.Archives;
using Gateway.Api.Setup.Rebuild;
using Npgsql;

namespace Gateway.Api.Setup.Archives;

/// <summary>Fills an empty gateway from an archive, all of it or nothing, and says what came out.</summary>
public static class ImportArchive
{
    private const int Busy = 5;
    private const int Refused = 7;

    /// <summary>The exit code: 0 when all of it is in.</summary>
    public static async Task<int> Run(
        string path,
        IServiceProvider services,
        Database database,
        TextWriter screen
    )
    {
        if (
            database.IsBorrowed
            || await ViewRows.AnybodyWorks(services.GetRequiredService<NpgsqlDataSource>())
        )
        {
            await screen.WriteLineAsync("A gateway works on this database. Stop it first, then import.");
            return Busy;
        }

        await screen.WriteLineAsync($"Database: {database.Description}");
        try
        {
            var import = services.GetRequiredService<ArchiveImport>();
            Say(path, await import.Run(path, [ArchiveKinds.Complete], CancellationToken.None), screen);
            return 0;
        }
        catch (Exception refused)
            when (refused is ArchiveIsRefusedException or IOException or UnauthorizedAccessException)
        {
            await screen.WriteLineAsync(
                $"{path} was not imported: {refused.Message.TrimEnd('.')}. Nothing was changed."
            );
            return Refused;
        }
    }

    /// <summary>What came in, and a digest of every view.</summary>
    public static void Say(string path, Imported imported, TextWriter screen)
    {
        var (archive, seal) = (imported.Archive, imported.Seal);
        screen.WriteLine(
            $"{path}: {archive.Kind}, up to position {archive.UpTo}, written {archive.At} by {archive.Gateway}"
        );
        screen.WriteLine($"  {seal.Facts} facts in {seal.Streams} streams");
        foreach (var (name, rows, digest) in imported.Views)
        {
            screen.WriteLine($"  {name, -16} {digest}  {rows} rows");
        }
    }
}
