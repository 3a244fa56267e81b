using System.Diagnostics;
using System.Globalization;

namespace Gateway.Bench;

/// <summary>
/// CPU seconds of gateway, PostgreSQL and this process between start and stop, and the gateway's peak of resident
/// memory. From <c>/proc</c>; what is not there is null.
/// </summary>
internal sealed class PhaseUse(string name, int? gateway, int? postgres)
{
    private const double TicksPerSecond = 100;

    private long startedAt;
    private (double? Gateway, double? Postgres, double? Client) before;

    public string Name => name;
    public double Seconds { get; private set; }
    public double? Gateway { get; private set; }
    public double? Postgres { get; private set; }
    public double? Client { get; private set; }

    /// <summary>Octets, since the gateway started.</summary>
    public long? GatewayPeak { get; private set; }

    /// <summary>What one core did just before and just after, see <see cref="Machine.Pace"/>.</summary>
    public (double Before, double After) Pace { get; private set; }

    public void Start()
    {
        Pace = (Machine.Pace(), 0);
        (startedAt, before) = (Stopwatch.GetTimestamp(), Now());
    }

    public void Stop()
    {
        var now = Now();
        Seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        Gateway = now.Gateway - before.Gateway;
        Postgres = now.Postgres - before.Postgres;
        Client = now.Client - before.Client;
        GatewayPeak = gateway is { } id ? Peak(id) : null;
        Pace = (Pace.Before, Machine.Pace());
    }

    private (double? Gateway, double? Postgres, double? Client) Now() =>
        (
            gateway is { } id ? Cpu(id)?.Own : null,
            postgres is { } postmaster ? Family(postmaster) : null,
            Environment.CpuUsage.TotalTime.TotalSeconds
        );

    /// <summary>The process, its children, and those of them that have ended.</summary>
    private static double? Family(int parent) =>
        Cpu(parent) is { } head
            ? head.Own
                + head.Ended
                + Directory
                    .EnumerateDirectories("/proc")
                    .Select(Path.GetFileName)
                    .Where(entry => int.TryParse(entry, out _))
                    .Select(entry => Cpu(int.Parse(entry!, CultureInfo.InvariantCulture)))
                    .Where(cpu => cpu?.Parent == parent)
                    .Sum(cpu => cpu!.Value.Own + cpu.Value.Ended)
            : null;

    /// <summary>See proc_pid_stat(5): 4 is the parent, 14 to 17 are ticks of itself and of its ended children.</summary>
    private static (int Parent, double Own, double Ended)? Cpu(int id)
    {
        if (Read($"/proc/{id}/stat") is not { } text)
        {
            return null;
        }

        // The name before may hold anything.
        var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        double Word(int field) => double.Parse(words[field - 3], CultureInfo.InvariantCulture);
        return ((int)Word(4), (Word(14) + Word(15)) / TicksPerSecond, (Word(16) + Word(17)) / TicksPerSecond);
    }

    private static long? Peak(int id) =>
        Read($"/proc/{id}/status")
            ?.Split('\n')
            .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line =>
                long.Parse(
                    line[6..^2],
                    NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture
                ) * 1024
            )
            .FirstOrDefault();

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (IOException)
        {
            // The process ended between the look and the reading.
            return null;
        }
    }
}
