using Gateway.EmbeddedPostgres;
using Npgsql;

namespace Gateway.Scenarios.EmbeddedPostgres;

public class StartingPostgres(SeedCluster seed)
{
    [Fact]
    public async Task A_fresh_folder_becomes_a_database_whose_rows_survive_a_restart()
    {
        using var folder = new PostgresFolder();
        var options = await folder.Options() with { Durable = true };
        await using (
            var first = await PostgresServer.StartAsync(options, TestContext.Current.CancellationToken)
        )
        {
            await PostgresFolder.Execute(first.ConnectionString, "create table kept as select 42 as answer");
            Assert.True(first.IsOwner);
        }

        await using var second = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(42, await PostgresFolder.Read<int>(second.ConnectionString, "select answer from kept"));
        Assert.Equal(
            "on",
            await PostgresFolder.Read<string>(second.ConnectionString, "show synchronous_commit")
        );
    }

    [Fact]
    public async Task The_banner_names_version_and_folder()
    {
        using var folder = await seed.Folder();
        await using var server = await folder.Start();

        Assert.StartsWith($"{server.Major}.", server.Version);
        Assert.Equal($"embedded PostgreSQL {server.Version} in {folder.Root}", server.Banner);
        Assert.Equal("configured", server.BinarySource);
    }

    [Fact]
    public async Task The_server_is_reached_through_its_socket_only()
    {
        using var folder = await seed.Folder();
        await using var server = await folder.Start();

        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        Assert.Equal(Path.Combine(folder.Root, "run"), connection.Host);
        Assert.Equal(
            ("app", "gateway", 80),
            (connection.Username, connection.Database, connection.MaxPoolSize)
        );
        Assert.Equal("", await PostgresFolder.Read<string>(server.ConnectionString, "show listen_addresses"));
    }

    [Fact]
    public async Task A_port_that_was_asked_for_is_opened_on_this_computer_only()
    {
        using var folder = await seed.Folder();
        var options = await folder.Options() with { Port = 0 };
        await using var server = await PostgresServer.StartAsync(
            options,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(server.ConnectionString).Host);
        Assert.Equal(
            "127.0.0.1",
            await PostgresFolder.Read<string>(server.ConnectionString, "show listen_addresses")
        );
    }

    [Fact]
    public async Task A_path_longer_than_a_socket_allows_still_works_and_leaves_nothing_outside()
    {
        using var folder = await seed.Folder(Path.Combine(new string('a', 60), new string('b', 60)));
        string socketFolder;
        await using (var server = await folder.Start())
        {
            socketFolder = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
            Assert.Equal(1, await PostgresFolder.Read<int>(server.ConnectionString, "select 1"));
        }

        Assert.False(Directory.Exists(socketFolder));
    }

    [Fact]
    public async Task A_folder_may_have_blanks_commas_and_quotes_in_its_name()
    {
        using var folder = await seed.Folder("it's the gateway, really");
        await using var server = await folder.Start();

        Assert.Equal(1, await PostgresFolder.Read<int>(server.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Two_gateways_with_different_folders_run_side_by_side()
    {
        using var one = await seed.Folder();
        using var other = await seed.Folder();
        await using var first = await one.Start();
        await using var second = await other.Start();

        await PostgresFolder.Execute(first.ConnectionString, "create table only_here ()");
        Assert.True(first.IsOwner && second.IsOwner);
        Assert.Equal(
            0L,
            await PostgresFolder.Read<long>(
                second.ConnectionString,
                "select count(*) from pg_tables where tablename = 'only_here'"
            )
        );
    }

    [Fact]
    public async Task What_an_interrupted_initdb_left_is_cleared()
    {
        using var folder = new PostgresFolder();
        Directory.CreateDirectory(Path.Combine(folder.Root, "cluster.init-dead0000", "base"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.Root, "pw.dead0000"),
            "secret",
            TestContext.Current.CancellationToken
        );
        await using var server = await folder.Start();

        Assert.Equal(
            [".owner.lock", ".start.lock", "cluster", "log", "run", "secret"],
            Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_fresh_database_may_be_copied_from_a_template()
    {
        await using var cluster = new PostgresCluster();
        await cluster.InitializeAsync();
        var template = await cluster.CreateDatabase("gateway_template");
        await PostgresFolder.Execute(template, "create table ready_made ()");

        var copy = await cluster.CreateDatabase("gateway_copy", "gateway_template");
        Assert.Equal(0L, await PostgresFolder.Read<long>(copy, "select count(*) from ready_made"));
    }
}
