using System.Diagnostics;

namespace Gateway.Scenarios.EmbeddedPostgres;

public class SharingAndKilling(SeedCluster seed)
{
    [Fact]
    public async Task A_second_process_borrows_the_server_and_ends_without_stopping_it()
    {
        using var folder = await seed.Folder();
        await using (var owner = await folder.Start())
        {
            using var second = await PostgresProcess.Start(folder);
            Assert.False(second.IsOwner);
            Assert.Equal(0, await second.Stop());
            Assert.Equal(1, await PostgresFolder.Read<int>(owner.ConnectionString, "select 1"));
        }

        Assert.False(folder.HasServer());
    }

    [Fact]
    public async Task Two_processes_that_race_on_an_empty_folder_make_one_cluster()
    {
        using var folder = new PostgresFolder();
        using var one = await PostgresProcess.Launch(folder);
        using var other = await PostgresProcess.Launch(folder);
        await Task.WhenAll(one.Ready(), other.Ready());

        Assert.True(one.IsOwner ^ other.IsOwner);
        Assert.Equal(one.ConnectionString, other.ConnectionString);
        Assert.Equal(1, await PostgresFolder.Read<int>(one.ConnectionString, "select 1"));
        var (owner, borrower) = one.IsOwner ? (one, other) : (other, one);
        Assert.Equal((0, 0), (await borrower.Stop(), await owner.Stop()));
        Assert.False(folder.HasServer());
    }

    [Fact]
    public async Task A_killed_gateway_leaves_a_server_that_the_next_start_adopts()
    {
        using var folder = await seed.Folder();
        using var killed = await PostgresProcess.Start(folder);
        var pid = folder.ServerPid;
        await killed.Kill();
        Assert.True(folder.HasServer());

        await using (var next = await folder.Start())
        {
            Assert.True(next.IsOwner);
            Assert.Equal(pid, folder.ServerPid);
            Assert.Equal(1, await PostgresFolder.Read<int>(next.ConnectionString, "select 1"));
        }

        Assert.False(folder.HasServer());
    }

    [Fact]
    public async Task A_server_killed_with_its_gateway_comes_back_with_every_committed_row()
    {
        using var folder = await seed.Folder();
        using var killed = await PostgresProcess.Start(folder);
        await PostgresFolder.Execute(killed.ConnectionString, "create table kept as select 42 as answer");
        await killed.Kill();
        using (var server = Process.GetProcessById(folder.ServerPid))
        {
            server.Kill();
        }

        await using var next = await folder.Start();
        Assert.True(next.IsOwner);
        Assert.Equal(42, await PostgresFolder.Read<int>(next.ConnectionString, "select answer from kept"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_in_the_middle_of_initdb_it_starts_clean_the_next_time(bool initdbToo)
    {
        using var folder = new PostgresFolder();
        using var killed = await PostgresProcess.Launch(folder);
        await Faults.Eventually.True(
            () =>
                Task.FromResult(folder.Unfinished() is { } cluster && Directory.Exists($"{cluster}/base/1")),
            TimeSpan.FromSeconds(30),
            "an initdb in its middle"
        );
        await killed.Kill();
        if (initdbToo)
        {
            folder.KillPrograms();
        }

        Assert.False(Directory.Exists(folder.Cluster));
        await using (var next = await folder.Start())
        {
            Assert.True(next.IsOwner);
            Assert.Equal(1, await PostgresFolder.Read<int>(next.ConnectionString, "select 1"));
        }

        // An initdb that lost its gateway may write for a moment longer; one more start clears what it left.
        await folder.ProgramsEnded();
        await using var last = await folder.Start();
        Assert.Equal(
            [".owner.lock", ".start.lock", "cluster", "log", "run", "secret"],
            Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_dead_server_that_nobody_has_reaped_does_not_keep_the_next_one_from_starting()
    {
        using var folder = await seed.Folder();
        string[] pidFile;
        await using (await folder.Start())
        {
            pidFile = await File.ReadAllLinesAsync(folder.PidFile, TestContext.Current.CancellationToken);
        }

        // The shell becomes a program that never asks how its child ended.
        using var careless = Process.Start(
            new ProcessStartInfo("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        pidFile[0] = (await careless.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        await File.WriteAllLinesAsync(folder.PidFile, pidFile, TestContext.Current.CancellationToken);

        await using var next = await folder.Start();
        careless.Kill();
        Assert.Equal(1, await PostgresFolder.Read<int>(next.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task The_pid_of_a_dead_server_may_belong_to_another_program_by_now()
    {
        using var folder = await seed.Folder();
        string[] pidFile;
        await using (await folder.Start())
        {
            pidFile = await File.ReadAllLinesAsync(folder.PidFile, TestContext.Current.CancellationToken);
        }

        pidFile[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(folder.PidFile, pidFile, TestContext.Current.CancellationToken);

        await using var next = await folder.Start();
        Assert.NotEqual(Environment.ProcessId, folder.ServerPid);
    }

    [Fact]
    public async Task Ctrl_C_reaches_the_gateway_and_not_its_server()
    {
        using var folder = await seed.Folder();
        using var gateway = await PostgresProcess.Start(folder);
        // A terminal signals the process group in its foreground; the server has one of its own.
        Assert.Equal(folder.ServerPid, GroupOf(folder.ServerPid));
        Assert.NotEqual(folder.ServerPid, GroupOf(gateway.Id));

        gateway.Interrupt();
        Assert.Equal("still served", await gateway.Line());
        Assert.Equal(0, await gateway.Exit());
        Assert.False(folder.HasServer());
    }

    // proc(5): the third field after the name.
    private static int GroupOf(int pid) =>
        int.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ')[2]);
}
