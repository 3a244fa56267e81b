using System.Security.Cryptography;
using System.Text;

namespace Gateway.Application.Access;

/// <summary>An API key as its bearer writes it: <c>gk_</c> and 43 characters, 256 random bits.</summary>
public static class KeyText
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "gk_";

    private const int ShownLength = 10;

    /// <summary>A new key.</summary>
    public static string Make() =>
        Prefix
        + Convert
            .ToBase64String(RandomNumberGenerator.GetBytes(32))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');

    /// <summary>What is kept of it: lower-case hexadecimal SHA-256.</summary>
    public static string Hash(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Enough of it to tell keys apart.</summary>
    public static string Shown(string key) => key[..ShownLength];
}
