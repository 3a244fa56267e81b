namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>A PDU ready for a modem.</summary>
/// <param name="Hex">Upper-case, beginning with the service-centre field (3GPP TS 27.005, 3.1).</param>
/// <param name="TpduLength">Octets without the service-centre field: the number given to <c>AT+CMGS</c>.</param>
public sealed record EncodedPdu(string Hex, int TpduLength);

/// <summary>Writes a PDU from front to back into a buffer that is large enough for any (256 octets).</summary>
public ref struct PduWriter(Span<byte> buffer)
{
    /// <summary>Room for every PDU: service centre 12, address 12, user data 140 and the fixed fields.</summary>
    public const int Room = 256;

    private readonly Span<byte> buffer = buffer;
    private int length;

    public void Octet(int value) => buffer[length++] = (byte)value;

    public void Octets(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(buffer[length..]);
        length += octets.Length;
    }

    /// <summary>Claims so many zeroed octets for the caller to fill.</summary>
    public Span<byte> Claim(int count)
    {
        var claimed = buffer.Slice(length, count);
        claimed.Clear();
        length += count;
        return claimed;
    }

    public readonly ReadOnlySpan<byte> Written => buffer[..length];

    /// <summary>The PDU, once everything is written; its first octet tells how long the service-centre field is.</summary>
    public readonly EncodedPdu ToPdu() => new(Convert.ToHexString(Written), length - 1 - buffer[0]);
}
