using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>Numbers facts and sends them in order, at most 64 ahead of the gateway's acknowledgement.</summary>
public sealed class FactLog(Journal journal, AgentClock clock)
{
    /// <summary>Facts on their way at a time.</summary>
    public const int MostUnacknowledged = 64;

    private long sent;

    /// <summary>States a fact; it goes out after the next commit.</summary>
    /// <param name="fact">Without number and times.</param>
    public void State(Fact fact) =>
        journal.Add(fact with { N = journal.Memory.LastN + 1, At = clock.Now, Up = clock.Up });

    /// <summary>A new connection: the gateway says how far it is.</summary>
    public void Begin(long ack)
    {
        Acknowledge(ack);
        sent = journal.Memory.Ack;
    }

    /// <summary>The gateway has committed all facts up to this number. Late and repeated numbers change nothing.</summary>
    public void Acknowledge(long n)
    {
        if (n > journal.Memory.Ack && n <= journal.Memory.LastN)
        {
            journal.Add(new Acknowledged(n));
        }
    }

    /// <summary>The gateway missed something.</summary>
    public void Resend(long from) => sent = Math.Min(sent, Math.Max(from - 1, journal.Memory.Ack));

    /// <summary>What may go out now. To be called after a commit only.</summary>
    public void Send(List<UpFrame> frames)
    {
        var memory = journal.Memory;
        sent = Math.Max(sent, memory.Ack);
        var until = Math.Min(memory.LastN, memory.Ack + MostUnacknowledged);
        if (sent >= until)
        {
            return;
        }
        foreach (var fact in memory.Owed.Skip((int)(sent - memory.Ack)).Take((int)(until - sent)))
        {
            frames.Add(fact);
        }
        sent = until;
    }

    /// <summary>For the health frame.</summary>
    public JournalReading Read()
    {
        var owed = journal.Memory.Owed;
        return new(
            owed.Count,
            owed.Count == 0 ? 0 : Math.Max(0, clock.Now - owed.First().At),
            journal.Octets
        );
    }
}

/// <summary>The times a device can state.</summary>
public sealed class AgentClock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    /// <summary>Unix milliseconds by the device's wall clock.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Milliseconds since the agent started, monotonic.</summary>
    public long Up => (long)time.GetElapsedTime(start).TotalMilliseconds;
}
