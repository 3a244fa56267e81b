using Gateway.EmbeddedPostgres;
using Gateway.EmbeddedPostgres.Account;

namespace Gateway.Scenarios.EmbeddedPostgres;

public class RunningAsRoot(SeedCluster seed)
{
    private const UnixFileMode Closed =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static void OnlyAsRoot() =>
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "This is about root, and we are not.");

    private static async Task<string> OwnerOf(string path) =>
        (await FileOwner.Of(path, TestContext.Current.CancellationToken)).Name;

    [Theory]
    [InlineData("postgres")]
    [InlineData("nobody")]
    public async Task The_server_runs_as_the_account_that_was_chosen(string account)
    {
        OnlyAsRoot();
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { RunAs = account };
        await using var server = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(account, await OwnerOf(folder.PidFile));
        Assert.Equal("root", await OwnerOf(Path.Combine(folder.Root, "secret")));
        Assert.Equal(Closed, PostgresFolder.ModeOf(folder.Cluster));
    }

    [Fact]
    public async Task The_owner_of_a_cluster_runs_it_whatever_the_options_say()
    {
        OnlyAsRoot();
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { RunAs = "nobody" };
        await using (await PostgresServer.StartAsync(options, TestContext.Current.CancellationToken)) { }

        options = options with { RunAs = "postgres" };
        await using var next = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("nobody", await OwnerOf(folder.PidFile));
    }

    [Fact]
    public async Task A_folder_that_no_account_can_reach_is_served_from_a_user_namespace()
    {
        OnlyAsRoot();
        var probe = PostgresProgram.Describe("unshare", ["--user", "--map-user=65534", "true"]);
        var end = await PostgresProgram.Run(probe, TestContext.Current.CancellationToken);
        Assert.SkipUnless(end.IsGood, "This system allows no user namespaces.");
        using var folder = new PostgresFolder();
        PostgresFolder.SetMode(folder.Top, Closed);

        await using (var server = await folder.Start())
        {
            await PostgresFolder.Execute(server.ConnectionString, "create table kept as select 42 as answer");
            Assert.Equal("root", await OwnerOf(folder.PidFile));
        }

        await using var next = await folder.Start();
        Assert.Equal(42, await PostgresFolder.Read<int>(next.ConnectionString, "select answer from kept"));
    }

    [Fact]
    public async Task A_cluster_in_a_folder_that_was_closed_later_is_refused()
    {
        OnlyAsRoot();
        using var folder = await seed.Folder();
        await using (await folder.Start()) { }
        PostgresFolder.SetMode(folder.Top, Closed);

        Assert.Contains("PostgreSQL must not run as root, and account", await folder.Refusal());
    }

    [Fact]
    public async Task A_location_file_leads_to_the_cluster()
    {
        using var folder = new PostgresFolder();
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder.Top, "elsewhere")).FullName;
        Directory.CreateDirectory(folder.Root);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Root, "location"),
            elsewhere,
            TestContext.Current.CancellationToken
        );
        await using var server = await folder.Start();

        Assert.True(File.Exists(Path.Combine(elsewhere, "cluster", "PG_VERSION")));
        Assert.EndsWith(elsewhere, server.Banner);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_named()
    {
        OnlyAsRoot();
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { RunAs = "no-such-account" };

        Assert.Contains("there is no account 'no-such-account'", await PostgresFolder.Refusal(options));
    }

    [Fact]
    public async Task Nobody_but_root_needs_no_other_account()
    {
        OnlyAsRoot();
        using var folder = new PostgresFolder();
        Directory.CreateDirectory(folder.Root);
        PostgresFolder.Give(folder.Root, "nobody");
        using var process = await PostgresProcess.Start(folder, "nobody");

        Assert.Equal("nobody", await OwnerOf(folder.PidFile));
        Assert.Equal(1, await PostgresFolder.Read<int>(process.ConnectionString, "select 1"));
        Assert.Equal(0, await process.Stop());
    }

    [Fact]
    public async Task A_cluster_of_another_account_is_refused_by_name()
    {
        OnlyAsRoot();
        using var folder = new PostgresFolder();
        folder.PretendCluster("15");
        PostgresFolder.Give(folder.Cluster, "postgres");
        using var process = await PostgresProcess.Launch(folder, "nobody");

        Assert.Contains("belongs to 'postgres', and this process runs as 'nobody'", await process.Line());
        Assert.Equal(3, await process.Exit());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        using var folder = new PostgresFolder();
        Directory.CreateDirectory(folder.Root);
        PostgresFolder.SetMode(folder.Root, (UnixFileMode)0b101_101_101);
        using var process = await PostgresProcess.Launch(
            folder,
            Environment.IsPrivilegedProcess ? "nobody" : null
        );

        Assert.Contains($"The data directory {folder.Root} cannot be used by", await process.Line());
        Assert.Equal(3, await process.Exit());
    }
}
