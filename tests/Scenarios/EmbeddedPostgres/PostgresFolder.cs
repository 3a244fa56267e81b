using System.Diagnostics;
using Gateway.EmbeddedPostgres;
using Npgsql;

namespace Gateway.Scenarios.EmbeddedPostgres;

public sealed class PostgresFolder : IDisposable
{
    private static readonly Lazy<Task<PostgresBinaries>> AtHand = new(() =>
        PostgresBinaries.ResolveAsync(
            new() { Root = "/nowhere", CacheDirectory = PostgresCluster.SharedCache }
        )
    );

    private readonly DirectoryInfo top = Directory.CreateTempSubdirectory("gateway-postgres-");

    public PostgresFolder(string below = "root")
    {
        // The server's account must be able to get in.
        SetMode(top.FullName, (UnixFileMode)0b111_101_101);
        Root = Path.Combine(top.FullName, below);
    }

    public string Top => top.FullName;
    public string Root { get; }
    public string Cluster => Path.Combine(Root, "cluster");
    public string PidFile => Path.Combine(Cluster, "postmaster.pid");
    public int ServerPid => int.Parse(File.ReadLines(PidFile).First());

    /// <summary>Any PostgreSQL that this computer has, or that an earlier run has fetched.</summary>
    public static async Task<string> BinDirectory() => (await AtHand.Value).Folder;

    public async Task<EmbeddedPostgresOptions> Options() =>
        new()
        {
            Root = Root,
            BinDirectory = await BinDirectory(),
            Durable = false,
        };

    public async Task<PostgresServer> Start() =>
        await PostgresServer.StartAsync(await Options(), TestContext.Current.CancellationToken);

    /// <summary>The text of the refusal.</summary>
    public static async Task<string> Refusal(EmbeddedPostgresOptions options)
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            PostgresServer.StartAsync(options, TestContext.Current.CancellationToken)
        );
        return refusal.Message;
    }

    public async Task<string> Refusal() => await Refusal(await Options());

    /// <summary>A folder that looks like a cluster of that version to a first glance.</summary>
    public void PretendCluster(string version)
    {
        Directory.CreateDirectory(Cluster);
        File.WriteAllText(Path.Combine(Cluster, "PG_VERSION"), version + "\n");
        if (Environment.IsPrivilegedProcess)
        {
            Give(Cluster, "nobody");
        }
    }

    public static void Give(string path, string account)
    {
        using var chown = Process.Start("chown", ["-R", $"{account}:", path]);
        chown.WaitForExit();
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    public static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public static async Task Execute(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<T> Read<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Whether a process of this server is alive.</summary>
    public bool HasServer() => ProgramsOf(Cluster).Count > 0;

    /// <summary>The folder that an initdb works in; null when there is none.</summary>
    public string? Unfinished() =>
        Directory.Exists(Root)
            ? Directory.EnumerateDirectories(Root, "cluster.init-*").FirstOrDefault()
            : null;

    /// <summary>SIGKILL for what an initdb of this folder has started; by their ids.</summary>
    public void KillPrograms()
    {
        foreach (var id in ProgramsOf(Root))
        {
            try
            {
                using var program = Process.GetProcessById(id);
                program.Kill();
            }
            catch (ArgumentException)
            {
                // It ended with the one before.
            }
        }
    }

    /// <summary>Waits until nothing works in this folder but its server.</summary>
    public Task ProgramsEnded() =>
        Faults.Eventually.True(
            () => Task.FromResult(ProgramsOf(Path.Combine(Root, "cluster.init-")).Count == 0),
            TimeSpan.FromSeconds(60),
            "an initdb that ends"
        );

    private static List<int> ProgramsOf(string path) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Where(process => int.TryParse(Path.GetFileName(process), out _))
                .Where(process => CommandLine(process).Contains(path, StringComparison.Ordinal))
                .Select(process => int.Parse(Path.GetFileName(process))),
        ];

    public void Dispose()
    {
        if (
            File.Exists(PidFile)
            && CommandLine($"/proc/{ServerPid}").Contains(Cluster, StringComparison.Ordinal)
        )
        {
            using var server = Process.GetProcessById(ServerPid);
            server.Kill();
        }

        top.Delete(true);
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            // It ended while we looked.
            return "";
        }
    }
}
