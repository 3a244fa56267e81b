namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>The hexadecimal form in which a modem takes and gives PDUs (3GPP TS 27.005, 3.1).</summary>
public static class Hex
{
    /// <summary>Null when the text is not a whole number of octets in hexadecimal digits.</summary>
    public static byte[]? Octets(ReadOnlySpan<char> hex)
    {
        var octets = new byte[hex.Length / 2];
        var read = Convert.FromHexString(hex, octets, out _, out var written);
        return read == System.Buffers.OperationStatus.Done && written == octets.Length && hex.Length % 2 == 0
            ? octets
            : null;
    }

    /// <summary>Decodes a PDU given in hexadecimal.</summary>
    public static Decoded<T> Decode<T>(ReadOnlySpan<char> hex, Func<ReadOnlySpan<byte>, Decoded<T>> decode)
        where T : class =>
        Octets(hex) is { } octets ? decode(octets) : new(null, "The PDU is not hexadecimal.");
}
