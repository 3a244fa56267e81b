using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Gateway.Domain.Webhooks;

/// <summary>How a delivery is signed: the Standard Webhooks specification, 1.0.</summary>
public static class WebhookSignature
{
    /// <summary>What every secret begins with; the rest is base64.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>The value of <c>webhook-signature</c>: <c>v1,</c> and the base64 of an HMAC-SHA256.</summary>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="at">The value of <c>webhook-timestamp</c>, in whole seconds.</param>
    public static string Of(string secret, string id, Instant at, string body)
    {
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        var signed = Encoding.UTF8.GetBytes($"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }
}
