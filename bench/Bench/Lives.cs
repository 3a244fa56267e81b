using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>What came of whole lives, from queued to delivered.</summary>
/// <param name="PerSecond">Lives that ended while orders came in, by the facts in the store.</param>
/// <param name="Backlog">Accepted and not delivered when the last order had come in.</param>
/// <param name="DrainSeconds">Until the backlog was gone; null when it wasn't gone in time.</param>
/// <param name="EventsPerLife">All events of the run by its lives; five at best.</param>
/// <param name="MostLag">The most events that a view was behind.</param>
/// <param name="Odd">Facts other than the five of a plain life, and how often.</param>
internal sealed record LivesRun(
    string Name,
    long Ordered,
    long Refused,
    double PerSecond,
    double OrderedPerSecond,
    long Backlog,
    double? DrainSeconds,
    double EventsPerLife,
    long MostLag,
    int AgentsLost,
    string Odd
);

/// <summary>Whole lives on a fleet: as many as can be with a bounded backlog, or at a fixed rate.</summary>
internal sealed class Lives(GatewayProcess gateway, Fleet fleet, StoredFacts facts)
{
    private const int MostUnderWay = 2_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(20);
    private static readonly string[] PlainLife =
    [
        "message_queued",
        "message_dispatched",
        "message_claimed",
        "message_sent",
        "message_delivered",
    ];

    private long accepted;
    private long refused;
    private long delivered;

    /// <summary>Orders come as fast as lives end, with at most 2,000 under way: the highest rate that holds.</summary>
    public Task<LivesRun> AtFullLoad(TimeSpan duration, PhaseUse use, CancellationToken stop) =>
        Measure("as fast as lives end", duration, use, Push, stop);

    /// <summary>Orders come at this rate whatever becomes of them.</summary>
    public Task<LivesRun> AtRate(int perSecond, TimeSpan duration, PhaseUse use, CancellationToken stop) =>
        Measure(
            $"at {perSecond}/s",
            duration,
            use,
            async (span, stopping) =>
            {
                using var load = new OpenLoop(gateway);
                await load.Prepare(AcceptLoad.Connections, stopping);
                await load.Run(perSecond, span, stopping);
                (accepted, refused) = (accepted + load.Orders.Count, refused + load.Refused);
            },
            stop
        );

    private async Task<LivesRun> Measure(
        string name,
        TimeSpan duration,
        PhaseUse use,
        Func<TimeSpan, CancellationToken, Task> load,
        CancellationToken stop
    )
    {
        var countsBefore = await facts.Counts(stop);
        (delivered, var headBefore) = await facts.Now(stop);
        accepted = delivered;
        refused = 0;
        var before = delivered;
        var lag = 0L;
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watch = Watch(seen => lag = Math.Max(lag, seen), watching.Token);

        use.Start();
        var start = Stopwatch.GetTimestamp();
        await load(duration, stop);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        use.Stop();
        await watching.CancelAsync();
        await watch;

        (delivered, _) = await facts.Now(stop);
        var (ended, backlog) = (delivered - before, accepted - delivered);
        var drained = await Drain(stop);
        var (_, head) = await facts.Now(stop);
        var counts = await facts.Counts(stop);
        var odd = counts
            .Where(fact => !PlainLife.Contains(fact.Key))
            .Select(fact => (fact.Key, Times: fact.Value - countsBefore.GetValueOrDefault(fact.Key)))
            .Where(fact => fact.Times > 0);
        return new(
            name,
            accepted - before,
            refused,
            ended / seconds,
            (accepted - before) / seconds,
            backlog,
            drained,
            (double)(head - headBefore) / Math.Max(1, delivered - before),
            lag,
            fleet.Lost,
            string.Join(", ", odd.Select(fact => $"{fact.Key} {fact.Times}"))
        );
    }

    private Task Push(TimeSpan duration, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        return Task.WhenAll(
            Enumerable
                .Range(0, AcceptLoad.Connections)
                .Select(i => Task.Run(() => PushOn(i, start, duration, stop), stop))
        );
    }

    private async Task PushOn(int first, long start, TimeSpan duration, CancellationToken stop)
    {
        using var line = await HttpLine.Open(gateway.Url, gateway.Key, stop);
        for (var n = first; Stopwatch.GetElapsedTime(start) < duration; )
        {
            if (Volatile.Read(ref accepted) - Volatile.Read(ref delivered) >= MostUnderWay)
            {
                await Task.Delay(10, stop);
                continue;
            }

            if (await line.Post(n, stop) == 202)
            {
                Interlocked.Increment(ref accepted);
            }
            else
            {
                Interlocked.Increment(ref refused);
            }

            n += AcceptLoad.Connections;
        }
    }

    private async Task Watch(Action<long> lagSeen, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                Volatile.Write(ref delivered, (await facts.Now(stop)).Delivered);
                lagSeen(await facts.Lag(stop));
                await Task.Delay(Glance, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The load has ended, and the watch with it.
        }
    }

    private async Task<double?> Drain(CancellationToken stop)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < DrainPatience)
        {
            (delivered, _) = await facts.Now(stop);
            if (delivered >= accepted)
            {
                return patience.Elapsed.TotalSeconds;
            }

            await Task.Delay(Glance, stop);
        }

        return null;
    }
}
