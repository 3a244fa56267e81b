using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.DeviceAgent.Modem.At.Inbox;

/// <summary>One inbound segment: what it says, and the PDU it came in.</summary>
public sealed record InboundSegment(SmsDeliver Deliver, StoredPdu Stored)
{
    /// <summary>Counted from 1.</summary>
    public int Sequence => Deliver.Payload.Header.Concatenation?.Sequence ?? 1;

    public int Total => Deliver.Payload.Header.Concatenation?.Total ?? 1;
}

/// <summary>
/// Joins the segments of concatenated texts to one SIM (3GPP TS 23.040, 9.2.3.24.1). They may come twice, in any
/// order and days apart; the reference is reused by senders, so that another text in the same place begins a new set.
/// </summary>
public sealed class Reassembly(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private readonly List<Waiting> sets = [];

    /// <summary>The whole text's segments in order, as soon as this one completes it; else null.</summary>
    public IReadOnlyList<InboundSegment>? Add(InboundSegment segment)
    {
        if (segment.Total == 1)
        {
            return [segment];
        }

        var key = KeyOf(segment);
        var set = sets.FindLast(waiting => waiting.Key == key && waiting.Takes(segment));
        if (set is null)
        {
            sets.Add(set = new(key, time.GetTimestamp()));
        }

        set.Segments[segment.Sequence] = segment;
        if (set.Segments.Count < segment.Total)
        {
            return null;
        }

        sets.Remove(set);
        return [.. set.Segments.Values];
    }

    /// <summary>What there is of the texts whose rest didn't come within 24 hours of the first segment.</summary>
    public IReadOnlyList<IReadOnlyList<InboundSegment>> TakeOverdue()
    {
        var overdue = sets.Where(set => time.GetElapsedTime(set.Since) >= Patience).ToArray();
        sets.RemoveAll(set => overdue.Contains(set));
        return [.. overdue.Select(set => set.Segments.Values.ToArray())];
    }

    private static SetKey KeyOf(InboundSegment segment)
    {
        var concat = segment.Deliver.Payload.Header.Concatenation!;
        return new(segment.Deliver.From, concat.Reference, concat.Wide, concat.Total);
    }

    private sealed record SetKey(SmsAddress From, int Reference, bool Wide, int Total);

    private sealed class Waiting(SetKey key, long since)
    {
        public SetKey Key { get; } = key;

        public long Since { get; } = since;

        public SortedDictionary<int, InboundSegment> Segments { get; } = [];

        /// <summary>The place is free, or holds the same segment already.</summary>
        public bool Takes(InboundSegment segment) =>
            !Segments.TryGetValue(segment.Sequence, out var held) || held.Stored.Hex == segment.Stored.Hex;
    }
}
