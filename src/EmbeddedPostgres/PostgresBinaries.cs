using Gateway.EmbeddedPostgres.Account;
using Gateway.EmbeddedPostgres.Binaries;
using Gateway.EmbeddedPostgres.Cluster;

namespace Gateway.EmbeddedPostgres;

/// <summary>A folder of PostgreSQL's programs that fits.</summary>
/// <param name="Folder">Where <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> are.</param>
/// <param name="Source">How it was found: <c>configured</c>, <c>cache</c>, <c>system</c> or <c>downloaded</c>.</param>
public sealed record PostgresBinaries(string Folder, string Source, int Major)
{
    /// <summary>The oldest major version we work with.</summary>
    public const int LeastMajor = 15;

    /// <summary>The major version for a new cluster, when there is a choice.</summary>
    public const int PreferredMajor = 17;

    /// <summary>Makes sure that a later start needs no network: finds binaries, or fetches them; starts nothing.</summary>
    /// <exception cref="EmbeddedPostgresException">There are none to be had.</exception>
    public static Task<PostgresBinaries> ResolveAsync(
        EmbeddedPostgresOptions options,
        CancellationToken ct = default
    )
    {
        var cluster = ClusterFolder.At(Path.GetFullPath(options.Root));
        return Resolve(options, cluster.ReadMajor(), PostgresAccount.Ourselves, ct);
    }

    /// <param name="need">The major version of the cluster at hand; null when there is none yet.</param>
    internal static async Task<PostgresBinaries> Resolve(
        EmbeddedPostgresOptions options,
        int? need,
        PostgresAccount account,
        CancellationToken ct
    )
    {
        var search = new Search(need, account);
        if (options.BinDirectory is { } configured)
        {
            var folder = Path.GetFullPath(configured);
            return await search.Try(folder, "configured", ct) ?? throw search.ConfiguredDoesNotFit(folder);
        }

        foreach (var folder in Cached(options.CacheDirectory, need ?? PreferredMajor))
        {
            if (await search.Try(folder, "cache", ct) is { } cached)
            {
                return cached;
            }
        }

        foreach (var install in options.UseSystemInstall ? await InstalledPostgres.Find(ct) : [])
        {
            if (await search.Try(install.Folder, "system", ct) is { } installed)
            {
                return installed;
            }
        }

        return await search.Download(options, ct);
    }

    internal string Program(string name) => Path.Combine(Folder, name);

    private static IEnumerable<string> Cached(string cache, int wanted) =>
        !Directory.Exists(cache)
            ? []
            : Directory
                .GetDirectories(Path.GetFullPath(cache), "postgres-*")
                .OrderByDescending(folder => Path.GetFileName(folder).StartsWith($"postgres-{wanted}."))
                .ThenByDescending(folder => folder, StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "bin"));

    /// <summary>One look-out for binaries, which remembers what it has seen for the error's text.</summary>
    private sealed class Search(int? need, PostgresAccount account)
    {
        private readonly List<string> seen = [];

        private string Need =>
            need is null
                ? $"PostgreSQL {LeastMajor} or later is needed."
                : $"The data directory was made by PostgreSQL {need}, and only that major version can open it.";

        private string Advice =>
            (seen.Count == 0 ? "No PostgreSQL was found here." : $"Found: {string.Join("; ", seen)}.")
            + $" Either install the package postgresql-{need ?? PreferredMajor}, set EmbeddedPostgres:BinDirectory, "
            + "allow the download, or give a connection string.";

        public async Task<PostgresBinaries?> Try(string folder, string source, CancellationToken ct)
        {
            if (await InstalledPostgres.MajorOf(folder, ct) is not { } major)
            {
                return null;
            }

            var reachable = await account.CanReach(Path.Combine(folder, "postgres"), ct);
            var remark = reachable ? "" : $", not executable for '{account.UserName}'";
            seen.Add($"{source}: {folder} (PostgreSQL {major}{remark})");
            var fits = need is null ? major >= LeastMajor : major == need;
            return fits && reachable ? new(folder, source, major) : null;
        }

        public async Task<PostgresBinaries> Download(EmbeddedPostgresOptions options, CancellationToken ct)
        {
            if (!options.AllowDownload || PinnedBuild.For(need ?? PreferredMajor) is not { } build)
            {
                throw new EmbeddedPostgresException($"{Need} {Advice}");
            }

            try
            {
                var folder = await PostgresDownload.Fetch(build, options, ct);
                return await Try(folder, "downloaded", ct)
                    ?? throw new EmbeddedPostgresException(
                        $"The fetched PostgreSQL {build.Version} does not run on this system."
                    );
            }
            catch (EmbeddedPostgresException e)
            {
                throw new EmbeddedPostgresException($"{e.Message} {Need} {Advice}", e);
            }
        }

        public EmbeddedPostgresException ConfiguredDoesNotFit(string folder) =>
            new(
                seen is [.., var found] && found.Contains("not executable")
                    ? $"EmbeddedPostgres:BinDirectory cannot be used. Found: {found}."
                : need is null ? $"{folder} does not hold PostgreSQL {LeastMajor} or later."
                : $"The data directory needs PostgreSQL {need}, {folder} does not hold that version."
            );
    }
}
