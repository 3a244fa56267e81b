using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.DeviceProtocol;

/// <summary>The texts a device signs, and the one way to sign and check them: ECDSA P-256 with SHA-256.</summary>
/// <remarks>A signature is the base64 of IEEE P1363 form, a key the base64 of its SubjectPublicKeyInfo.</remarks>
public static class Proof
{
    /// <summary>What <see cref="DeviceProtocol.Hello.Sig"/> signs.</summary>
    /// <param name="host">The authority the device dialled, <c>host[:port]</c>: a proof can't be passed on.</param>
    public static string Hello(string nonce, Guid device, int epoch, string boot, string host) =>
        string.Join(
            '\n',
            "agent.v1",
            nonce,
            device,
            epoch.ToString(CultureInfo.InvariantCulture),
            boot,
            host
        );

    /// <summary>What <see cref="PairRequest.Sig"/> signs.</summary>
    public static string Pairing(string code, string nonce, string publicKey) =>
        string.Join('\n', "agent.v1.pair", code, nonce, publicKey);

    /// <summary>The public half of a key as it travels.</summary>
    public static string PublicKey(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>Signs a text of this class.</summary>
    public static string Sign(ECDsa key, string text) =>
        Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));

    /// <summary>Whether the text was signed by that key. Broken keys and signatures are a no.</summary>
    public static bool Holds(string publicKey, string text, string sig)
    {
        var (spki, bytes) = (new byte[publicKey.Length], new byte[sig.Length]);
        if (
            !Convert.TryFromBase64String(publicKey, spki, out var length)
            || !Convert.TryFromBase64String(sig, bytes, out var size)
        )
        {
            return false;
        }
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki.AsSpan(0, length), out _);
        }
        catch (CryptographicException)
        {
            // The key comes from a stranger; there is no way to ask first whether it is one.
            return false;
        }
        return IsP256(key)
            && key.VerifyData(Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, size), HashAlgorithmName.SHA256);
    }

    private static bool IsP256(ECDsa key) =>
        key.KeySize == 256 && key.ExportParameters(false).Curve.Oid.Value == "1.2.840.10045.3.1.7";
}
