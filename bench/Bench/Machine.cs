using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

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
    /// What one core does now, in millions of numbers sorted a second, over a quarter of a second. Shared machines waver,
    /// and all other numbers with them.
    /// </summary>
    public static double Pace()
    {
        var (numbers, random, sorted) = (new int[50_000], new Random(1), 0L);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(250))
        {
            random.NextBytes(MemoryMarshal.AsBytes(numbers.AsSpan()));
            Array.Sort(numbers);
            sorted += numbers.Length;
        }

        return sorted / Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
                .FirstOrDefault("unknown CPU")
            : "unknown CPU";
}
