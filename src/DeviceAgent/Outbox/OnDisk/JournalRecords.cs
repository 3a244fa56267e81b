using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>
/// The octets of a record: length u32 of the content, CRC-32C u32 of all that follows, sequence u64, kind u8, content
/// as UTF-8 JSON; numbers little-endian.
/// </summary>
public static class JournalRecords
{
    /// <summary>Octets before the content.</summary>
    public const int HeadOctets = 17;

    private const int SumAt = 4;
    private const int SequenceAt = 8;
    private const int KindAt = 16;

    /// <summary>Appends one record.</summary>
    public static void Write(ArrayBufferWriter<byte> buffer, ulong sequence, object entry)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(entry, entry.GetType(), JournalJson.Default);
        var record = buffer.GetSpan(HeadOctets + content.Length)[..(HeadOctets + content.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)content.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record[SequenceAt..], sequence);
        record[KindAt] = (byte)KindOf(entry);
        content.CopyTo(record[HeadOctets..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[SumAt..], Crc32C.Of(record[SequenceAt..]));
        buffer.Advance(record.Length);
    }

    /// <summary>Reads the record at the start; false when it is cut short or its sum is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out JournalRecord record)
    {
        record = default;
        if (octets.Length < HeadOctets)
        {
            return false;
        }
        var length = BinaryPrimitives.ReadUInt32LittleEndian(octets);
        if (length > octets.Length - HeadOctets)
        {
            return false;
        }
        var whole = octets[..(HeadOctets + (int)length)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(whole[SumAt..]) != Crc32C.Of(whole[SequenceAt..]))
        {
            return false;
        }
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(whole[SequenceAt..]);
        record = new(sequence, (EntryKind)whole[KindAt], whole.Length, whole[HeadOctets..].ToArray());
        return true;
    }

    /// <summary>The entry of a record; null for a kind of a later version.</summary>
    public static object? Entry(JournalRecord record) =>
        TypeOf(record.Kind) is { } type
            ? JsonSerializer.Deserialize(record.Content.Span, type, JournalJson.Default)
            : null;

    private static EntryKind KindOf(object entry) =>
        entry switch
        {
            Fact => EntryKind.Fact,
            Intent => EntryKind.Intent,
            StageReached => EntryKind.Stage,
            Acknowledged => EntryKind.Acknowledged,
            Counters => EntryKind.Counters,
            Remembered => EntryKind.Remembered,
            InboundSeen => EntryKind.InboundSeen,
            _ => throw new ArgumentException("The journal has no such entry.", nameof(entry)),
        };

    private static Type? TypeOf(EntryKind kind) =>
        kind switch
        {
            EntryKind.Fact => typeof(Fact),
            EntryKind.Intent => typeof(Intent),
            EntryKind.Stage => typeof(StageReached),
            EntryKind.Acknowledged => typeof(Acknowledged),
            EntryKind.Counters => typeof(Counters),
            EntryKind.Remembered => typeof(Remembered),
            EntryKind.InboundSeen => typeof(InboundSeen),
            _ => null,
        };
}

/// <summary>One record as it was read.</summary>
/// <param name="Octets">With its head.</param>
public readonly record struct JournalRecord(
    ulong Sequence,
    EntryKind Kind,
    int Octets,
    ReadOnlyMemory<byte> Content
);
