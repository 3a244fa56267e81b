namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>Packs septets into octets and back (3GPP TS 23.038, 6.1.2.1). Spare bits at the end are zero.</summary>
public static class Septets
{
    /// <summary>Octets that so many septets take, after so many bits that are already in use.</summary>
    public static int OctetsFor(int septets, int usedBits = 0) => (usedBits + septets * 7 + 7) / 8;

    /// <summary>Bits between a header and the text, so that the text starts at a septet boundary; 0 to 6.</summary>
    public static int FillBits(int headerOctets) => (7 - headerOctets * 8 % 7) % 7;

    /// <summary>Writes septets (one octet each) behind the bits already in use; <paramref name="packed"/> starts zeroed there.</summary>
    public static void Pack(ReadOnlySpan<byte> septets, Span<byte> packed, int usedBits = 0)
    {
        var bit = usedBits;
        foreach (var septet in septets)
        {
            var shifted = (septet & 0x7F) << (bit & 7);
            packed[bit >> 3] |= (byte)shifted;
            if (shifted > 0xFF)
            {
                packed[(bit >> 3) + 1] |= (byte)(shifted >> 8);
            }

            bit += 7;
        }
    }

    /// <summary>Fills <paramref name="septets"/>, one octet each, from the bits after <paramref name="usedBits"/>.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> septets, int usedBits = 0)
    {
        for (var i = 0; i < septets.Length; i++)
        {
            var bit = usedBits + i * 7;
            var value = packed[bit >> 3] >> (bit & 7);
            if ((bit & 7) > 1 && (bit >> 3) + 1 < packed.Length)
            {
                value |= packed[(bit >> 3) + 1] << (8 - (bit & 7));
            }

            septets[i] = (byte)(value & 0x7F);
        }
    }
}
