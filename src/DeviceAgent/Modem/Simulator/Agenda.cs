namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>What is due later, in order of time and then of entry, on one timer however much there is.</summary>
public sealed class Agenda : IDisposable
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Action<TimeSpan>, (long Due, long Entry)> items = new();
    private readonly TimeProvider time;
    private readonly long start;
    private readonly ITimer timer;
    private long entries;
    private long armedFor = long.MaxValue;

    public Agenda(TimeProvider time)
    {
        this.time = time;
        start = time.GetTimestamp();
        timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Since the agenda was made.</summary>
    public TimeSpan Now => time.GetElapsedTime(start);

    /// <summary>Does something after a while, or at once when the while is nothing.</summary>
    /// <param name="act">Is told when it was due, which a late timer or a leap of a fake clock leaves behind.</param>
    /// <param name="from">The while begins here; null for now.</param>
    public void After(TimeSpan wait, Action<TimeSpan> act, TimeSpan? from = null)
    {
        var due = (from ?? Now) + wait;
        if (wait <= TimeSpan.Zero)
        {
            act(due);
            return;
        }
        lock (gate)
        {
            items.Enqueue(act, (due.Ticks, entries++));
            Arm();
        }
    }

    public void Dispose() => timer.Dispose();

    private void Run()
    {
        lock (gate)
        {
            armedFor = long.MaxValue;
        }
        while (TryTake(out var act, out var due))
        {
            act(due);
        }
    }

    private bool TryTake(out Action<TimeSpan> act, out TimeSpan due)
    {
        lock (gate)
        {
            if (items.TryPeek(out act!, out var when) && when.Due <= Now.Ticks)
            {
                items.Dequeue();
                due = TimeSpan.FromTicks(when.Due);
                return true;
            }
            Arm();
            due = default;
            return false;
        }
    }

    private void Arm()
    {
        if (items.TryPeek(out _, out var next) && next.Due < armedFor)
        {
            armedFor = next.Due;
            // Timers count whole milliseconds; a little late is better than waking twice.
            var wait = TimeSpan.FromMilliseconds(
                Math.Ceiling((TimeSpan.FromTicks(next.Due) - Now).TotalMilliseconds)
            );
            timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
