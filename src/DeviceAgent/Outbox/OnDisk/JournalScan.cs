namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>What lies in a journal's folder.</summary>
/// <param name="Segment">The last segment's path; null in an empty folder.</param>
/// <param name="Good">Octets of the last segment that are whole records.</param>
/// <param name="Torn">Octets after them: a write that a crash cut short.</param>
/// <param name="Next">The next record's sequence.</param>
public sealed record JournalScan(
    IReadOnlyList<JournalRecord> Records,
    string? Segment,
    long Good,
    long Torn,
    ulong Next
)
{
    /// <summary>Reads all segments in order, without changing any.</summary>
    /// <exception cref="JournalException">Something other than the very end is damaged.</exception>
    public static JournalScan Of(string folder)
    {
        var (records, good, torn, segment) = (new List<JournalRecord>(), 0L, 0L, (string?)null);
        var segments = Segments(folder);
        for (var i = 0; i < segments.Count; i++)
        {
            segment = segments[i];
            var octets = File.ReadAllBytes(segment);
            good = Read(octets, records, segment);
            torn = octets.Length - good;
            if (torn > 0 && (i < segments.Count - 1 || IsRecordIn(octets.AsSpan((int)good + 1))))
            {
                throw new JournalException(
                    $"The journal is damaged at octet {good} of {Path.GetFileName(segment)}, and more follows. "
                        + "Keep a copy of the folder and pair the device again."
                );
            }
        }
        return new(records, segment, good, torn, records.Count > 0 ? records[^1].Sequence + 1 : 1);
    }

    /// <summary>Paths, oldest first.</summary>
    public static IReadOnlyList<string> Segments(string folder) =>
        [.. Directory.GetFiles(folder, "seg-*.log").Order(StringComparer.Ordinal)];

    private static long Read(byte[] octets, List<JournalRecord> records, string segment)
    {
        var at = 0;
        while (at < octets.Length && JournalRecords.TryRead(octets.AsSpan(at), out var record))
        {
            if (records.Count > 0 && record.Sequence != records[^1].Sequence + 1)
            {
                throw new JournalException(
                    $"The journal lacks records before octet {at} of {Path.GetFileName(segment)}. "
                        + "Keep a copy of the folder and pair the device again."
                );
            }
            records.Add(record);
            at += record.Octets;
        }
        return at;
    }

    // A torn write has nothing whole behind it; a whole record behind damage means the damage came later.
    private static bool IsRecordIn(ReadOnlySpan<byte> octets)
    {
        for (; octets.Length > JournalRecords.HeadOctets; octets = octets[1..])
        {
            if (JournalRecords.TryRead(octets, out _))
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>The journal can't be trusted or can't be written; nothing may be submitted.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
