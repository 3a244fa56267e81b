using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>
/// Open loop: orders come at their time, however long the answers take. A wait counts from the moment an order was due,
/// so that a stalled gateway can't hide behind a client that waits for it.
/// </summary>
internal sealed class OpenLoop(GatewayProcess gateway) : IDisposable
{
    private const int MostConnections = 2000;

    // In turn, so that none is idle for so long that the gateway closes it.
    private readonly ConcurrentQueue<HttpLine> idle = new();
    private readonly ConcurrentBag<HttpLine> all = [];
    private int refused;

    /// <summary>Orders that weren't accepted, whatever the reason.</summary>
    public int Refused => refused;

    /// <summary>When each accepted order was due and when its answer came, in ticks of the stopwatch.</summary>
    public ConcurrentDictionary<Guid, (long Due, long Answered)> Orders { get; } = new();

    /// <summary>Opens connections, so that opening them is not measured.</summary>
    public async Task Prepare(int connections, CancellationToken stop)
    {
        for (var i = 0; i < connections; i++)
        {
            var line = await HttpLine.Open(gateway.Url, gateway.Key, stop);
            all.Add(line);
            idle.Enqueue(line);
        }
    }

    public async Task Run(int perSecond, TimeSpan duration, CancellationToken stop)
    {
        var (start, asking) = (Stopwatch.GetTimestamp(), new List<Task>());
        var total = (int)(perSecond * duration.TotalSeconds);
        for (var n = 0; n < total; )
        {
            var due = (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond);
            for (; n < Math.Min(due, total); n++)
            {
                asking.Add(Ask(n, start + (long)((double)n / perSecond * Stopwatch.Frequency), stop));
            }

            await Task.Delay(1, stop);
        }

        await Task.WhenAll(asking);
    }

    public void Dispose()
    {
        foreach (var line in all)
        {
            line.Dispose();
        }
    }

    private async Task Ask(int n, long due, CancellationToken stop)
    {
        if (!idle.TryDequeue(out var line))
        {
            if (all.Count >= MostConnections)
            {
                Interlocked.Increment(ref refused);
                return;
            }

            all.Add(line = await HttpLine.Open(gateway.Url, gateway.Key, stop));
        }

        var status = await line.Post(n, stop);
        if (status == 202)
        {
            Orders[line.MessageId()] = (due, Stopwatch.GetTimestamp());
        }
        else
        {
            Interlocked.Increment(ref refused);
        }

        idle.Enqueue(line);
    }
}
