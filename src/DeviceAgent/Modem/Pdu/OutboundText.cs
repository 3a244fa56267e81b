using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>Cuts a text or octets for an application into the user data of each segment.</summary>
/// <param name="Coding">Null chooses GSM 7-bit when it has every character, else UCS-2.</param>
/// <param name="Reference">Concatenation reference, used when one segment is not enough.</param>
/// <param name="Header">What every segment's header carries beside the concatenation: ports, national tables.</param>
public sealed record OutboundText(
    int Reference,
    bool WideReference = false,
    int? Class = null,
    Coding? Coding = null,
    UserDataHeader? Header = null
)
{
    /// <summary>The segments of a text, in order.</summary>
    public IReadOnlyList<Payload> Cut(string text)
    {
        var alphabet = GsmAlphabet.With(Common.LockingTable, Common.SingleShiftTable);
        var fits = alphabet.TryCount(text, out var septets);
        var coding = Coding ?? (fits ? Pdu.Coding.Gsm7 : Pdu.Coding.Ucs2);
        var (alone, each) = HeaderOctets;

        var parts =
            coding == Pdu.Coding.Gsm7
                ? SegmentWidth.OfSeptets(alphabet, alone, each).Cut(text, septets)
                : SegmentWidth.OfCodeUnits(alone, each).Cut(text, text.Length);

        return
        [
            .. parts.Select((part, i) => Payload.Of(part, new(coding, Class), HeaderOf(i + 1, parts.Count))),
        ];
    }

    /// <summary>The segments of octets for an application, in order.</summary>
    public IReadOnlyList<Payload> Cut(ReadOnlyMemory<byte> octets)
    {
        var (alone, each) = HeaderOctets;
        var room = octets.Length <= SegmentWidth.Octets - alone ? octets.Length : SegmentWidth.Octets - each;
        var total = Math.Max(1, (octets.Length + room - 1) / Math.Max(1, room));

        return
        [
            .. Enumerable
                .Range(0, total)
                .Select(i => octets.Slice(i * room, Math.Min(room, octets.Length - i * room)))
                .Select((part, i) => Payload.Of(part, Class, HeaderOf(i + 1, total))),
        ];
    }

    private UserDataHeader Common => Header ?? UserDataHeader.None;

    private (int Alone, int Each) HeaderOctets => (Common.Octets, HeaderOf(1, 2).Octets);

    private UserDataHeader HeaderOf(int sequence, int total) =>
        total == 1 ? Common : Common with { Concatenation = new(Reference, total, sequence, WideReference) };
}
