using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>How long orders wait at a steady, modest load.</summary>
/// <param name="Accept">From the moment an order was due to its answer.</param>
/// <param name="ToDevice">From that answer to the lease in a device's socket; nought where the lease was faster.</param>
/// <param name="DueToDevice">From the moment an order was due to the lease.</param>
/// <param name="NotSeen">Accepted orders that no device was offered until the end.</param>
internal sealed record Latency(
    Percentiles Accept,
    Percentiles ToDevice,
    Percentiles DueToDevice,
    int NotSeen,
    int Refused
);

/// <summary>500 orders a second to a fleet that has room for them.</summary>
internal static class LatencyLoad
{
    public const int PerSecond = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<Latency> Run(
        GatewayProcess gateway,
        Fleet fleet,
        TimeSpan warmUp,
        TimeSpan duration,
        PhaseUse use,
        CancellationToken stop
    )
    {
        using var load = new OpenLoop(gateway);
        await load.Prepare(AcceptLoad.Connections, stop);
        await load.Run(Bench.Run.WarmUpRate, warmUp, stop);
        var warm = load.Orders.Keys.ToHashSet();
        if (!await Seen(fleet, warm, stop))
        {
            throw new TimeoutException(
                "The fleet was not offered what the warm-up ordered: it would weigh on the result."
            );
        }

        var before = load.Refused;

        use.Start();
        await load.Run(PerSecond, duration, stop);
        use.Stop();

        var orders = load.Orders.Where(order => !warm.Contains(order.Key)).ToList();
        await Seen(fleet, [.. orders.Select(order => order.Key)], stop);
        var seen = orders
            .Where(order => fleet.Leases.ContainsKey(order.Key))
            .Select(order => (order.Value.Due, order.Value.Answered, Leased: fleet.Leases[order.Key]))
            .ToList();
        return new(
            Percentiles.Of(orders.Select(order => Milliseconds(order.Value.Due, order.Value.Answered))),
            Percentiles.Of(seen.Select(order => Math.Max(0, Milliseconds(order.Answered, order.Leased)))),
            Percentiles.Of(seen.Select(order => Milliseconds(order.Due, order.Leased))),
            orders.Count - seen.Count,
            load.Refused - before
        );
    }

    /// <summary>Waits until devices were offered all of them; false when patience ends first.</summary>
    private static async Task<bool> Seen(
        Fleet fleet,
        IReadOnlyCollection<Guid> messages,
        CancellationToken stop
    )
    {
        var patience = Stopwatch.StartNew();
        while (!messages.All(fleet.Leases.ContainsKey))
        {
            if (patience.Elapsed > Patience)
            {
                return false;
            }

            await Task.Delay(100, stop);
        }

        return true;
    }

    private static double Milliseconds(long from, long to) =>
        Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
