using System.Security.Cryptography;
using System.Text;

namespace Gateway.Domain;

/// <summary>Ids that anyone can compute again: name-based UUIDs, version 5 (RFC 9562, 5.5).</summary>
public static class DerivedId
{
    /// <summary>The namespace of all ids derived by this product.</summary>
    private static readonly byte[] Namespace = new Guid("6f1dd1c8-5a0e-5a41-9f3e-2b7a3c5d9e01").ToByteArray(
        bigEndian: true
    );

    /// <summary>The id that these parts have always had and always will; the parts' order counts.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var name = string.Join('\n', parts);
        var bytes = new byte[Namespace.Length + Encoding.UTF8.GetByteCount(name)];
        Namespace.CopyTo(bytes, 0);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(Namespace.Length));

#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 here; nothing secret hangs on it.
        var hash = SHA1.HashData(bytes);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
