using System.Globalization;

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

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
                .FirstOrDefault("unknown CPU")
            : "unknown CPU";
}
