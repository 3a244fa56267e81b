using System.Buffers.Binary;
using System.Numerics;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), which the base library has only as a single step.</summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> octets)
    {
        var crc = uint.MaxValue;
        for (; octets.Length >= sizeof(ulong); octets = octets[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(octets));
        }
        foreach (var octet in octets)
        {
            crc = BitOperations.Crc32C(crc, octet);
        }
        return ~crc;
    }
}
