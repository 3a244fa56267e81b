namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>How the user data of a PDU is coded.</summary>
public enum Coding
{
    Gsm7,
    Data,
    Ucs2,

    /// <summary>Compressed text (3GPP TS 23.042): nobody sends it, and we do not read it.</summary>
    Compressed,
}

/// <summary>The data coding scheme octet (3GPP TS 23.038, clause 4).</summary>
/// <param name="Class">0 flash, 1 device, 2 SIM, 3 terminal; null when the octet carries none.</param>
public readonly record struct DataCoding(Coding Coding, int? Class)
{
    private const int HasClass = 0x10;

    /// <summary>The octet we write: 00, 04 or 08, with a class 1n.</summary>
    public byte Octet => (byte)((int)Coding << 2 | (Class is { } meaning ? HasClass | meaning : 0));

    /// <summary>Reads any octet; what is reserved reads as GSM 7-bit.</summary>
    public static DataCoding From(byte octet) =>
        (octet >> 4) switch
        {
            < 8 => General(octet),
            0xE => new(Coding.Ucs2, null),
            0xF => new((octet & 4) != 0 ? Coding.Data : Coding.Gsm7, octet & 3),
            _ => new(Coding.Gsm7, null),
        };

    private static DataCoding General(byte octet)
    {
        var alphabet = (octet >> 2 & 3) is var bits && bits == 3 ? Coding.Gsm7 : (Coding)bits;
        int? meaning = (octet & HasClass) != 0 ? octet & 3 : null;
        return new((octet & 0x20) != 0 ? Coding.Compressed : alphabet, meaning);
    }
}
