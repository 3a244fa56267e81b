using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>What the journal's entries add up to. Folding them again gives the same.</summary>
public sealed class JournalMemory
{
    private static readonly long Kept = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    private readonly Dictionary<Guid, Remembered> messages = [];
    private readonly Dictionary<string, long> inbound = [];
    private readonly Dictionary<string, int> references = [];
    private readonly Queue<Fact> owed = new();

    /// <summary>The highest fact number used.</summary>
    public long LastN { get; private set; }

    /// <summary>The gateway has all facts up to this number.</summary>
    public long Ack { get; private set; }

    /// <summary>Facts that aren't acknowledged, in order, without a gap.</summary>
    public IReadOnlyCollection<Fact> Owed => owed;

    /// <summary>Submissions whose end nobody recorded.</summary>
    public IEnumerable<Remembered> Open => messages.Values.Where(message => message.IsOpen);

    /// <summary>What is known of a message; an empty memory for one never seen.</summary>
    public Remembered Of(Guid message) => messages.GetValueOrDefault(message) ?? new(message);

    public bool HasSeen(string inboundKey) => inbound.ContainsKey(inboundKey);

    /// <summary>The last concatenation reference used on a SIM.</summary>
    public int ReferenceOf(string sim) => references.GetValueOrDefault(sim);

    public void Apply(object entry)
    {
        switch (entry)
        {
            case Fact fact:
                LastN = Math.Max(LastN, fact.N);
                owed.Enqueue(fact);
                Learn(fact);
                break;
            case Intent intent:
                Begin(intent);
                break;
            case StageReached reached
                when Of(reached.M) is { Intent: { } intent } known && intent.F == reached.F:
                Keep(known with { Intent = intent with { Part = reached.Part, Stage = reached.Stage } });
                break;
            case Acknowledged ack:
                Forget(ack.N);
                break;
            case Counters counters:
                Restart(counters);
                break;
            case Remembered remembered:
                Keep(remembered);
                break;
            case InboundSeen seen:
                inbound[seen.Key] = seen.At;
                break;
        }
    }

    /// <summary>The entries that give the same memory, without what is acknowledged and older than 30 days.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public IEnumerable<object> Essence(long now) =>
        [
            new Counters(LastN, Ack, references),
            .. messages.Values.Where(message => message.IsOpen || message.At > now - Kept),
            .. inbound
                .Where(seen => seen.Value > now - Kept)
                .Select(seen => new InboundSeen(seen.Key, seen.Value)),
            .. owed,
        ];

    private void Begin(Intent intent)
    {
        var known = Of(intent.M);
        Keep(
            known with
            {
                Fence = Math.Max(known.Fence, intent.F),
                Intent = intent,
                Left = 0,
                Outcome = null,
                At = intent.At,
            }
        );
        if (intent.Of > 1)
        {
            references[intent.Sim] = intent.Reference;
        }
    }

    private void Learn(Fact fact)
    {
        if (fact is { K: FactKind.Inbound or FactKind.InboundPartial or FactKind.Undecodable, Key: { } key })
        {
            inbound[key] = fact.At;
        }
        if (fact is not { M: { } message, F: { } fence })
        {
            return;
        }
        var known = Of(message);
        var isLast = known.Intent?.F == fence;
        switch (fact.K)
        {
            case FactKind.PartAccepted when isLast:
                Keep(known with { Left = Math.Max(known.Left, fact.Part ?? 1), At = fact.At });
                break;
            case FactKind.RefusedFence:
                var refused = Math.Max(known.RefusedFence, fence);
                Keep(
                    known with
                    {
                        RefusedFence = refused,
                        Fence = Math.Max(known.Fence, refused),
                        At = fact.At,
                    }
                );
                break;
            case FactKind.Settled or FactKind.Doubt or FactKind.NotSent when isLast || known.Intent is null:
                Keep(known with { Outcome = fact, At = fact.At });
                break;
        }
    }

    private void Keep(Remembered message) => messages[message.M] = message;

    private void Forget(long n)
    {
        Ack = Math.Max(Ack, n);
        LastN = Math.Max(LastN, Ack);
        while (owed.TryPeek(out var fact) && fact.N <= Ack)
        {
            owed.Dequeue();
        }
    }

    private void Restart(Counters counters)
    {
        messages.Clear();
        inbound.Clear();
        owed.Clear();
        (LastN, Ack) = (counters.LastN, counters.Ack);
        foreach (var (sim, reference) in counters.References)
        {
            references[sim] = reference;
        }
    }
}
