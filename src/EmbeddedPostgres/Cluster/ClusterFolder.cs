using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.EmbeddedPostgres.Account;

namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>The folder of one cluster and everything beside it.</summary>
internal sealed class ClusterFolder
{
    // A socket's path may have 107 bytes (sun_path); the name of its lock file is the longest one in there.
    private const int LongestSocketPath = 100;
    private const UnixFileMode OursOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OpenToEnter =
        OursOnly
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly string requested;

    private ClusterFolder(string requested, string root) => (this.requested, Root) = (requested, root);

    public string Root { get; }
    public string Cluster => Path.Combine(Root, "cluster");
    public string LogFile => Path.Combine(Root, "log", "postgres.log");
    public string SecretFile => Path.Combine(Root, "secret");
    public string OwnerLock => Path.Combine(Root, ".owner.lock");
    public bool HasCluster => File.Exists(VersionFile);
    public bool IsElsewhere => Root != requested;
    private string VersionFile => Path.Combine(Cluster, "PG_VERSION");

    /// <summary>In the temporary folder when the path would not do for a socket or for a connection string.</summary>
    public string SocketFolder
    {
        get
        {
            var run = Path.Combine(Root, "run");
            var length = Encoding.UTF8.GetByteCount(Path.Combine(run, ".s.PGSQL.5432.lock"));
            // Both Npgsql and the server take a comma for the end of one place in a list.
            return length <= LongestSocketPath && !run.Contains(',')
                ? run
                : Path.Combine(Path.GetTempPath(), "pg-" + ShortHash(Root));
        }
    }

    /// <summary>Where the lock of all starters lies: always in the folder that was asked for.</summary>
    public static string StartLock(string requested) => Path.Combine(requested, ".start.lock");

    /// <summary>Follows the file <c>location</c>, which an earlier start may have left.</summary>
    public static ClusterFolder At(string requested)
    {
        var location = Path.Combine(requested, "location");
        return new(requested, File.Exists(location) ? File.ReadAllText(location).Trim() : requested);
    }

    /// <summary>Somewhere that every account can reach, and says so in the folder that was asked for.</summary>
    public ClusterFolder MoveBelow(string parent)
    {
        var root = Path.Combine(parent, ShortHash(requested));
        Make(parent, OpenToEnter);
        Make(root, OpenToEnter);
        File.WriteAllText(Path.Combine(requested, "location"), root + "\n");
        return new(requested, root);
    }

    /// <summary>The major version whose files these are; null when there is no cluster yet.</summary>
    public int? ReadMajor()
    {
        if (!HasCluster)
        {
            return Directory.Exists(Cluster) && Directory.EnumerateFileSystemEntries(Cluster).Any()
                ? throw new EmbeddedPostgresException(
                    $"{Cluster} is not empty and has no PG_VERSION: it is not a PostgreSQL cluster. Point the data "
                        + "directory elsewhere, or move it away."
                )
                : null;
        }

        var text = File.ReadAllText(VersionFile).Trim().Split('.')[0];
        var major = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new EmbeddedPostgresException($"{VersionFile} does not name a version of PostgreSQL.");
        return major >= PostgresBinaries.LeastMajor
            ? major
            : throw new EmbeddedPostgresException(
                $"The data directory {Cluster} was made by PostgreSQL {major}; this version needs "
                    + $"{PostgresBinaries.LeastMajor} or later. Dump it with PostgreSQL {major}, or give a "
                    + "connection string to an upgraded server."
            );
    }

    public string ReadSecret() =>
        File.Exists(SecretFile)
            ? File.ReadAllText(SecretFile).Trim()
            : throw new EmbeddedPostgresException(
                $"{SecretFile} is missing, so nobody knows the password of {Cluster}. Restore it, or reset the "
                    + "password in PostgreSQL's single-user mode."
            );

    /// <summary>A new empty folder for <c>initdb</c>, so that an interrupted one never looks like a cluster.</summary>
    public string MakeUnfinishedCluster()
    {
        var unfinished = Path.Combine(Root, "cluster.init-" + RandomSuffix());
        Make(unfinished, OursOnly);
        return unfinished;
    }

    public string WritePasswordFile(string password)
    {
        var path = Path.Combine(Root, "pw." + RandomSuffix());
        WritePrivate(path, password + "\n");
        return path;
    }

    public void WriteSecret(string password) => WritePrivate(SecretFile, password + "\n");

    /// <summary>Removes what an interrupted <c>initdb</c> left. Only for who holds the start lock.</summary>
    public void ClearLeftOvers()
    {
        foreach (var password in Directory.GetFiles(Root, "pw.*"))
        {
            File.Delete(password);
        }

        foreach (var unfinished in Directory.GetDirectories(Root, "cluster.init-*"))
        {
            try
            {
                Directory.Delete(unfinished, true);
            }
            catch (IOException)
            {
                // An initdb that lost its parent may write for a moment longer; the next start clears the rest.
            }
        }
    }

    public async Task MakeWorkFolders(PostgresAccount account, CancellationToken ct)
    {
        foreach (var folder in new[] { SocketFolder, Path.GetDirectoryName(LogFile)! })
        {
            Make(folder, OursOnly);
            await account.Own(folder, ct);
        }
    }

    /// <summary>A socket folder that had to lie outside would stay behind.</summary>
    public void RemoveOutsideSocketFolder()
    {
        if (!SocketFolder.StartsWith(Root, StringComparison.Ordinal) && Directory.Exists(SocketFolder))
        {
            Directory.Delete(SocketFolder, true);
        }
    }

    private static void Make(string folder, UnixFileMode mode)
    {
        if (!Directory.Exists(folder) && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, mode);
            // The process's mask may have taken bits away.
            File.SetUnixFileMode(folder, mode);
        }
    }

    private static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static string RandomSuffix() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    private static string ShortHash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
