using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>What kind of address it is (3GPP TS 23.040, 9.1.2.5, type of number).</summary>
public enum AddressType
{
    /// <summary>With its country code; written with a leading <c>+</c>.</summary>
    International,

    /// <summary>Digits as they came: national numbers, short codes.</summary>
    Unknown,

    /// <summary>A name in the GSM 7-bit alphabet; it cannot be replied to.</summary>
    Alphanumeric,
}

/// <summary>An address field of a PDU (3GPP TS 23.040, 9.1.2.5).</summary>
/// <param name="Value">Digits with <c>*</c>, <c>#</c>, <c>a</c>–<c>c</c>, a leading <c>+</c> when international; or a name.</param>
public sealed record SmsAddress(string Value, AddressType Type)
{
    private const string Digits = "0123456789*#abc";
    private const int InternationalOctet = 0x91;
    private const int UnknownOctet = 0x81;
    private const int AlphanumericOctet = 0xD0;

    /// <summary>A number to dial: international with a leading <c>+</c>, else as it is.</summary>
    public static SmsAddress Of(string value) =>
        new(value, value.StartsWith('+') ? AddressType.International : AddressType.Unknown);

    /// <summary>A name as sender; at most 11 characters travel.</summary>
    public static SmsAddress Named(string name) => new(name, AddressType.Alphanumeric);

    /// <summary>Reads TP-OA, TP-DA or TP-RA, whose length counts semi-octets.</summary>
    public static SmsAddress Read(ref PduReader pdu, string field)
    {
        var semiOctets = pdu.Octet(field);
        var type = pdu.Octet(field);
        return From(type, pdu.Take((semiOctets + 1) / 2, field), semiOctets);
    }

    /// <summary>Reads the service-centre field, whose length counts octets; null when it is empty.</summary>
    public static SmsAddress? ReadServiceCentre(ref PduReader pdu)
    {
        var octets = pdu.Octet("service centre");
        if (octets == 0)
        {
            return null;
        }

        var type = pdu.Octet("service centre");
        var digits = pdu.Take(octets - 1, "service centre");
        return From(type, digits, digits.Length * 2);
    }

    /// <summary>Writes TP-OA, TP-DA or TP-RA.</summary>
    public void Write(ref PduWriter pdu)
    {
        if (Type == AddressType.Alphanumeric)
        {
            WriteName(ref pdu);
            return;
        }

        var digits = Value.AsSpan().TrimStart('+');
        pdu.Octet(digits.Length);
        WriteDigits(ref pdu, digits);
    }

    /// <summary>Writes the service-centre field; null leaves the choice to the modem.</summary>
    public static void WriteServiceCentre(ref PduWriter pdu, SmsAddress? centre)
    {
        if (centre is null)
        {
            pdu.Octet(0);
            return;
        }

        var digits = centre.Value.AsSpan().TrimStart('+');
        pdu.Octet(1 + (digits.Length + 1) / 2);
        centre.WriteDigits(ref pdu, digits);
    }

    private static SmsAddress From(int type, ReadOnlySpan<byte> octets, int semiOctets) =>
        (type >> 4 & 7) switch
        {
            5 => Named(Name(octets, semiOctets * 4 / 7)),
            1 => new("+" + DigitsOf(octets, semiOctets), AddressType.International),
            _ => new(DigitsOf(octets, semiOctets), AddressType.Unknown),
        };

    private static string Name(ReadOnlySpan<byte> octets, int count)
    {
        Span<byte> septets = stackalloc byte[Math.Min(count, octets.Length * 8 / 7)];
        Septets.Unpack(octets, septets);
        return GsmAlphabet.Default.Decode(septets);
    }

    private static string DigitsOf(ReadOnlySpan<byte> octets, int semiOctets)
    {
        Span<char> digits = stackalloc char[octets.Length * 2];
        var length = 0;
        for (var i = 0; i < Math.Min(semiOctets, digits.Length); i++)
        {
            var nibble = i % 2 == 0 ? octets[i / 2] & 0x0F : octets[i / 2] >> 4;
            if (nibble < Digits.Length)
            {
                digits[length++] = Digits[nibble];
            }
        }

        return new string(digits[..length]);
    }

    private void WriteName(ref PduWriter pdu)
    {
        Span<byte> septets = stackalloc byte[Value.Length * 2];
        var count = Math.Min(GsmAlphabet.Default.Encode(Value, septets), 11);
        pdu.Octet((count * 7 + 3) / 4);
        pdu.Octet(AlphanumericOctet);
        Septets.Pack(septets[..count], pdu.Claim(Septets.OctetsFor(count)));
    }

    private void WriteDigits(ref PduWriter pdu, ReadOnlySpan<char> digits)
    {
        pdu.Octet(Type == AddressType.International ? InternationalOctet : UnknownOctet);
        for (var i = 0; i < digits.Length; i += 2)
        {
            var high = i + 1 < digits.Length ? Nibble(digits[i + 1]) : 0x0F;
            pdu.Octet(high << 4 | Nibble(digits[i]));
        }
    }

    private static int Nibble(char digit) =>
        Math.Max(0, Digits.IndexOf(char.ToLowerInvariant(digit), StringComparison.Ordinal));
}
