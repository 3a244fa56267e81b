using System.Text;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>What a PDU carries: a text, or octets for an application (3GPP TS 23.040, 9.2.3.24).</summary>
/// <param name="Text">Null for octets.</param>
/// <param name="Octets">Null for a text.</param>
public sealed record Payload(
    DataCoding Coding,
    UserDataHeader Header,
    string? Text,
    ReadOnlyMemory<byte>? Octets
)
{
    /// <summary>A text in the alphabet of the coding scheme.</summary>
    public static Payload Of(string text, DataCoding coding, UserDataHeader header) =>
        new(coding, header, text, null);

    /// <summary>Octets for an application.</summary>
    public static Payload Of(ReadOnlyMemory<byte> octets, int? messageClass, UserDataHeader header) =>
        new(new(Pdu.Coding.Data, messageClass), header, null, octets);

    /// <summary>Writes TP-UDL and TP-UD.</summary>
    public void Write(ref PduWriter pdu)
    {
        if (Coding.Coding == Pdu.Coding.Gsm7)
        {
            WriteSeptets(ref pdu);
            return;
        }

        var length = Octets?.Length ?? Encoding.BigEndianUnicode.GetByteCount(Text!);
        pdu.Octet(Header.Octets + length);
        WriteHeader(ref pdu);
        var room = pdu.Claim(length);
        if (Octets is { } octets)
        {
            octets.Span.CopyTo(room);
        }
        else
        {
            Encoding.BigEndianUnicode.GetBytes(Text!, room);
        }
    }

    /// <summary>Reads TP-UDL and TP-UD.</summary>
    public static Payload Read(ref PduReader pdu, DataCoding coding, bool hasHeader)
    {
        if (coding.Coding == Pdu.Coding.Compressed)
        {
            pdu.Refuse("The text is compressed.");
        }

        var units = pdu.Octet("user data length");
        var isSeptets = coding.Coding == Pdu.Coding.Gsm7;
        var octets = pdu.Take(isSeptets ? Septets.OctetsFor(units) : units, "user data");
        var (header, headerOctets) =
            hasHeader && pdu.Fault is null ? ReadHeader(ref pdu, octets) : (UserDataHeader.None, 0);
        if (pdu.Fault is not null)
        {
            return new(coding, UserDataHeader.None, null, null);
        }

        return coding.Coding switch
        {
            Pdu.Coding.Gsm7 => Of(ReadSeptets(octets, units, headerOctets, header), coding, header),
            Pdu.Coding.Ucs2 => Of(ReadCodeUnits(octets[headerOctets..]), coding, header),
            _ => new(coding, header, null, octets[headerOctets..].ToArray()),
        };
    }

    private static (UserDataHeader Header, int Octets) ReadHeader(
        ref PduReader pdu,
        ReadOnlySpan<byte> octets
    )
    {
        if (octets.Length == 0 || octets[0] >= octets.Length)
        {
            pdu.Refuse("The header is longer than the user data.");
            return (UserDataHeader.None, 0);
        }

        return (UserDataHeader.Read(ref pdu, octets.Slice(1, octets[0])), octets[0] + 1);
    }

    private static string ReadSeptets(
        ReadOnlySpan<byte> octets,
        int units,
        int headerOctets,
        UserDataHeader header
    )
    {
        var usedBits = headerOctets * 8 + Septets.FillBits(headerOctets);
        Span<byte> septets = stackalloc byte[Math.Max(0, units - usedBits / 7)];
        Septets.Unpack(octets, septets, usedBits);
        return GsmAlphabet.With(header.LockingTable, header.SingleShiftTable).Decode(septets);
    }

    /// <summary>UTF-16 in practice; a lone surrogate becomes U+FFFD and an odd octet at the end is dropped.</summary>
    private static string ReadCodeUnits(ReadOnlySpan<byte> octets) =>
        Encoding.BigEndianUnicode.GetString(octets[..(octets.Length & ~1)]);

    private void WriteSeptets(ref PduWriter pdu)
    {
        var fill = Septets.FillBits(Header.Octets);
        var usedBits = Header.Octets == 0 ? 0 : Header.Octets * 8 + fill;
        Span<byte> septets = stackalloc byte[Text!.Length * 2];
        var count = GsmAlphabet.With(Header.LockingTable, Header.SingleShiftTable).Encode(Text, septets);

        pdu.Octet(usedBits / 7 + count);
        WriteHeader(ref pdu);
        var text = pdu.Claim(Septets.OctetsFor(count, usedBits) - Header.Octets);
        Septets.Pack(septets[..count], text, usedBits - Header.Octets * 8);
    }

    private void WriteHeader(ref PduWriter pdu)
    {
        if (Header.Octets > 0)
        {
            Header.Write(ref pdu);
        }
    }
}
