using Gateway.EmbeddedPostgres;

namespace Gateway.Scenarios.EmbeddedPostgres;

public class RefusingAFolder(SeedCluster seed)
{
    [Fact]
    public async Task Data_of_another_major_version_is_left_alone()
    {
        using var folder = new PostgresFolder();
        folder.PretendCluster("99");
        var options = await folder.Options() with { BinDirectory = null, CacheDirectory = folder.Top };

        var refusal = await PostgresFolder.Refusal(options);
        Assert.StartsWith(
            "The data directory was made by PostgreSQL 99, and only that major version can open it.",
            refusal
        );
        Assert.EndsWith(
            "Either install the package postgresql-99, set EmbeddedPostgres:BinDirectory, allow the download, "
                + "or give a connection string.",
            refusal
        );
    }

    [Fact]
    public async Task Configured_binaries_of_another_major_version_are_never_replaced_by_others()
    {
        using var folder = new PostgresFolder();
        folder.PretendCluster("99");

        Assert.Equal(
            $"The data directory needs PostgreSQL 99, {await PostgresFolder.BinDirectory()} does not hold that version.",
            await folder.Refusal()
        );
    }

    [Fact]
    public async Task A_configured_folder_without_PostgreSQL_is_an_error()
    {
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { BinDirectory = folder.Top };

        Assert.Equal(
            $"{folder.Top} does not hold PostgreSQL 15 or later.",
            await PostgresFolder.Refusal(options)
        );
    }

    [Fact]
    public async Task Data_older_than_we_support_is_named()
    {
        using var folder = new PostgresFolder();
        folder.PretendCluster("12");

        Assert.Contains("was made by PostgreSQL 12; this version needs 15 or later.", await folder.Refusal());
    }

    [Fact]
    public async Task A_folder_that_is_no_cluster_is_not_touched()
    {
        using var folder = new PostgresFolder();
        Directory.CreateDirectory(folder.Cluster);
        var holiday = Path.Combine(folder.Cluster, "holiday.jpg");
        await File.WriteAllTextAsync(holiday, "", TestContext.Current.CancellationToken);

        Assert.StartsWith($"{folder.Cluster} is not empty and has no PG_VERSION", await folder.Refusal());
        Assert.True(File.Exists(holiday));
    }

    [Fact]
    public async Task A_lost_password_is_said_and_never_reset()
    {
        using var folder = await seed.Folder();
        var secret = Path.Combine(folder.Root, "secret");
        await using (await folder.Start()) { }
        File.Delete(secret);

        Assert.StartsWith($"{secret} is missing, so nobody knows the password", await folder.Refusal());
        Assert.False(File.Exists(secret));
    }

    [Fact]
    public async Task A_running_server_with_another_password_is_not_adopted()
    {
        using var folder = await seed.Folder();
        await using var server = await folder.Start();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Root, "secret"),
            "another",
            TestContext.Current.CancellationToken
        );

        Assert.Contains("is not the one it knows", await folder.Refusal());
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_why_and_nothing_of_earlier_starts()
    {
        using var folder = await seed.Folder();
        await using (await folder.Start()) { }
        await File.WriteAllTextAsync(
            Path.Combine(folder.Cluster, "global", "pg_control"),
            "",
            TestContext.Current.CancellationToken
        );

        var refusal = await folder.Refusal();
        Assert.StartsWith("PostgreSQL did not start (1). End of", refusal);
        Assert.Contains("pg_control", refusal);
        Assert.DoesNotContain("ready to accept connections", refusal);
    }

    [Fact]
    public async Task A_starter_that_takes_too_long_is_named_by_its_lock()
    {
        using var folder = new PostgresFolder();
        Directory.CreateDirectory(folder.Root);
        var path = Path.Combine(folder.Root, ".start.lock");
        await using var held = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var options = await folder.Options() with { StartTimeout = TimeSpan.FromMilliseconds(300) };

        Assert.Equal(
            $"Another process is starting PostgreSQL and holds {path}.",
            await PostgresFolder.Refusal(options)
        );
    }
}
