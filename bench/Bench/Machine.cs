using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Gateway.Bench;

/// <summary>What a number was measured on. No names.</summary>
internal static class Machine
{
    public static string Line(string? postgres, DateTimeOffset now)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{now:yyyy-MM-dd}: {Environment.ProcessorCount} cores, {Cpu()}, {memory:0} GB of memory, "
            )
            + $"PostgreSQL {postgres ?? "of the running gateway"}, .NET {Environment.Version}; everything on this one machine.";
    }

    /// <summary>
    /// What one core does now: megabytes of SHA-256 a second, over a quarter of a second. Shared machines waver, and the
    /// other numbers with them.
    /// </summary>
    public static double Pace()
    {
        var (block, hashed) = (new byte[1 << 20], 0);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(250))
        {
            SHA256.HashData(block);
            hashed++;
        }

        return hashed / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
                .FirstOrDefault("unknown CPU")
            : "unknown CPU";
}
