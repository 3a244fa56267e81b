using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>How fast one SIM may send. Carriers count parts, so parts are counted, in a rolling minute.</summary>
/// <param name="partsPerMinute">0 for no limit.</param>
/// <param name="chance">Evenly over 0 ≤ x &lt; 1, for the length of the gap.</param>
public sealed class Pacing(int partsPerMinute, int gapMinMs, int gapMaxMs, Func<double> chance)
{
    private const long Window = 60_000;

    private readonly Queue<long> sent = new();
    private int limit = partsPerMinute;
    private int gapMin = gapMinMs;
    private int gapMax = gapMaxMs;
    private long nextAt;

    /// <summary>Whether a message of so many parts may go now; a message longer than the limit goes alone.</summary>
    /// <param name="now">Milliseconds since boot.</param>
    public bool Allows(int parts, long now)
    {
        Forget(now);
        return now >= nextAt && (limit == 0 || sent.Count == 0 || sent.Count + parts <= limit);
    }

    /// <summary>A part was submitted, whatever came of it.</summary>
    public void Count(long now)
    {
        if (limit > 0)
        {
            sent.Enqueue(now);
        }
    }

    /// <summary>A message is done: the gap begins.</summary>
    public void Pause(long now) => nextAt = now + gapMin + (long)((gapMax - gapMin) * chance());

    /// <summary>Takes over what the gateway wishes; what it leaves open stays.</summary>
    public void Set(PacingSettings wish) =>
        (limit, gapMin, gapMax) = (
            wish.PartsPerMinute ?? limit,
            wish.GapMinMs ?? gapMin,
            Math.Max(wish.GapMaxMs ?? gapMax, wish.GapMinMs ?? gapMin)
        );

    /// <summary>For the health frame.</summary>
    public WindowReading Read(long now)
    {
        Forget(now);
        return new(sent.Count, limit == 0 ? null : limit);
    }

    private void Forget(long now)
    {
        while (sent.TryPeek(out var at) && at <= now - Window)
        {
            sent.Dequeue();
        }
    }
}
