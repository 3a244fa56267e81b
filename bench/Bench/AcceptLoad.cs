using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>What came of orders posted one by one.</summary>
/// <param name="Waits">From request to answer.</param>
internal sealed record Accepted(long Count, long Refused, double Seconds, Percentiles Waits)
{
    public double PerSecond => Count / Seconds;
}

/// <summary>Closed loop: each of 64 connections posts its next order as soon as it has its answer.</summary>
internal static class AcceptLoad
{
    public const int Connections = 64;
    private static readonly TimeSpan Cold = TimeSpan.FromSeconds(5);

    public static async Task<(Accepted Cold, Accepted Warm)> Run(
        GatewayProcess gateway,
        TimeSpan warmUp,
        TimeSpan duration,
        PhaseUse use,
        CancellationToken stop
    )
    {
        var cold = await Load(gateway, Cold, stop);
        await Load(gateway, warmUp - Cold, stop);
        use.Start();
        var warm = await Load(gateway, duration, stop);
        use.Stop();
        return (cold, warm);
    }

    private static async Task<Accepted> Load(
        GatewayProcess gateway,
        TimeSpan duration,
        CancellationToken stop
    )
    {
        var start = Stopwatch.GetTimestamp();
        var callers = Enumerable
            .Range(0, Connections)
            .Select(i => Task.Run(() => Call(gateway, i, start, duration, stop), stop));
        var ends = await Task.WhenAll(callers);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(
            ends.Sum(end => (long)end.Waits.Count),
            ends.Sum(end => end.Refused),
            seconds,
            Percentiles.Of(ends.SelectMany(end => end.Waits))
        );
    }

    private static async Task<(List<double> Waits, long Refused)> Call(
        GatewayProcess gateway,
        int first,
        long start,
        TimeSpan duration,
        CancellationToken stop
    )
    {
        using var line = await HttpLine.Open(gateway.Url, gateway.Key, stop);
        var waits = new List<double>(16 * 1024);
        var refused = 0L;
        for (var n = first; Stopwatch.GetElapsedTime(start) < duration; n += Connections)
        {
            var asked = Stopwatch.GetTimestamp();
            if (await line.Post(n, stop) == 202)
            {
                waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            else
            {
                refused++;
            }
        }

        return (waits, refused);
    }
}
