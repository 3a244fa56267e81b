using System.Globalization;

namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>What <c>postmaster.pid</c> says about the server of a cluster, which may be long dead.</summary>
/// <param name="PidFile">The file's text.</param>
internal sealed record Postmaster(string Cluster, int Pid, string PidFile)
{
    private static readonly TimeSpan ReapedWithin = TimeSpan.FromSeconds(10);

    // Lines of the file: pid, data directory, start, port, socket folder, listen address.
    public int Port => int.TryParse(Line(3), CultureInfo.InvariantCulture, out var port) ? port : 5432;
    public string SocketFolder => Line(4);
    public bool ListensOnTcp => Line(5).Length > 0;

    public static Postmaster? Read(string cluster)
    {
        try
        {
            var text = File.ReadAllText(PathOf(cluster));
            return int.TryParse(text.Split('\n')[0], CultureInfo.InvariantCulture, out var pid)
                ? new(cluster, pid, text)
                : null;
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // No file, no server.
            return null;
        }
    }

    /// <summary>The one that is running in the cluster now, if any.</summary>
    public static Postmaster? Running(string cluster) => Read(cluster) is { IsAlive: true } one ? one : null;

    /// <summary>
    /// PostgreSQL takes a dead server that nobody has reaped for a living one and refuses to start. Where process 1
    /// doesn't reap, that lasts for ever; then the pid file goes, but only when nobody works in the cluster any more.
    /// </summary>
    public static async Task ClearUnreaped(string cluster, Action<string> log, CancellationToken ct)
    {
        if (Read(cluster) is not { IsUnreaped: true } dead)
        {
            return;
        }

        log($"waiting for the end of a killed PostgreSQL (process {dead.Pid})");
        if (await Patience.Until(() => !dead.IsUnreaped, ReapedWithin, ct))
        {
            return;
        }

        if (dead.HasWorkers())
        {
            throw new EmbeddedPostgresException(
                $"A killed PostgreSQL still has workers in {cluster}. End them, then start again."
            );
        }

        File.Delete(PathOf(cluster));
        log("cleared the pid file of a dead server");
    }

    private bool IsAlive => Directory.Exists("/proc/self") ? IsAliveOnLinux : IsAliveElsewhere;

    private bool IsUnreaped => State is 'Z';

    private bool IsAliveOnLinux => State is not (null or 'Z' or 'X') && WorksInCluster(Pid) is not false;

    private bool IsAliveElsewhere
    {
        get
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Pid);
                return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
            }
            catch (ArgumentException)
            {
                // This is how the base library says that there is no such process.
                return false;
            }
        }
    }

    /// <summary>The letter of proc(5); null without such a process.</summary>
    private char? State
    {
        get
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{Pid}/stat");
                return stat[stat.LastIndexOf(')') + 2];
            }
            catch (IOException)
            {
                // The process is gone, perhaps in this moment.
                return null;
            }
        }
    }

    private bool HasWorkers() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Any(name => int.TryParse(name, out var pid) && pid != Pid && WorksInCluster(pid) is true);

    /// <summary>
    /// PostgreSQL's processes have their working directory in the cluster, so they see the same pid file there,
    /// whatever the path; null when we may not look.
    /// </summary>
    private bool? WorksInCluster(int pid)
    {
        try
        {
            return Birth(File.ReadAllText($"/proc/{pid}/cwd/postmaster.pid")) == Birth(PidFile);
        }
        catch (IOException)
        {
            // No such process, or it works where there is no such file.
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Process, folder and second of the start; the lines below change while the server comes up.
    private static string Birth(string pidFile) => string.Join('\n', pidFile.Split('\n').Take(3));

    private string Line(int number) => PidFile.Split('\n').ElementAtOrDefault(number)?.Trim() ?? "";

    private static string PathOf(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
