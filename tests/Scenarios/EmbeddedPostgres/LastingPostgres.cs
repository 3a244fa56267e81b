using System.Diagnostics;
using Npgsql;

namespace Gateway.Scenarios.EmbeddedPostgres;

/// <summary>What becomes of a folder over a long time.</summary>
public class LastingPostgres(SeedCluster seed)
{
    [Fact]
    public async Task Forty_starts_and_stops_leave_no_process_no_socket_and_no_shared_memory_and_lose_no_row()
    {
        using var folder = await seed.Folder();
        await using (var first = await folder.Start())
        {
            await PostgresFolder.Execute(first.ConnectionString, "create table rounds (number int)");
        }

        for (var round = 1; round <= 40; round++)
        {
            IReadOnlyList<string> memory;
            await using (var server = await folder.Start())
            {
                await PostgresFolder.Execute(server.ConnectionString, $"insert into rounds values ({round})");
                memory = SharedMemory(folder.ServerPid);
            }

            // A server takes its pid file away with its last breath, some moments before it is gone.
            await Faults.Eventually.True(
                () => Task.FromResult(!folder.HasServer()),
                TimeSpan.FromSeconds(10),
                "a server that is gone"
            );
            Assert.NotEmpty(memory);
            Assert.DoesNotContain(memory, File.Exists);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Root, "run")));
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Cluster, "base"), "pgsql_tmp*"));
        await using var last = await folder.Start();
        Assert.Equal(
            40L,
            await PostgresFolder.Read<long>(
                last.ConnectionString,
                "select count(distinct number) from rounds"
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_may_be_moved_while_nobody_uses_it_even_if_its_server_was_killed(bool killed)
    {
        using var folder = await seed.Folder();
        using (var gateway = await PostgresProcess.Start(folder))
        {
            await PostgresFolder.Execute(
                gateway.ConnectionString,
                "create table kept as select 42 as answer"
            );
            await End(gateway, killed ? folder.ServerPid : null);
        }

        using var elsewhere = new PostgresFolder("another place");
        Directory.Move(folder.Root, elsewhere.Root);
        await using var moved = await elsewhere.Start();

        Assert.True(moved.IsOwner);
        Assert.Equal(
            Path.Combine(elsewhere.Root, "run"),
            new NpgsqlConnectionStringBuilder(moved.ConnectionString).Host
        );
        Assert.Equal(42, await PostgresFolder.Read<int>(moved.ConnectionString, "select answer from kept"));
    }

    /// <param name="server">Killed with its gateway; null for an orderly end.</param>
    private static async Task End(PostgresProcess gateway, int? server)
    {
        if (server is not { } id)
        {
            Assert.Equal(0, await gateway.Stop());
            return;
        }

        await gateway.Kill();
        using var postmaster = Process.GetProcessById(id);
        postmaster.Kill();
    }

    /// <summary>The files of shared memory that a process has open.</summary>
    private static IReadOnlyList<string> SharedMemory(int pid) =>
        [
            .. File.ReadLines($"/proc/{pid}/maps")
                .Select(line => line[line.LastIndexOf(' ')..].Trim())
                .Where(file => file.StartsWith("/dev/shm/", StringComparison.Ordinal))
                .Distinct(),
        ];
}
