using System.Security.Cryptography;
using Gateway.Domain.Webhooks;

namespace Gateway.Application.Webhooks;

/// <summary>
/// What deliveries to one endpoint are signed with. It has to be kept, since signing needs it; but not in an event:
/// events are for ever, are read by auditors and leave by webhooks. It is a document of its own, stored in the transaction
/// of the registration and deleted in that of the removal.
/// </summary>
/// <param name="Id">The webhook's.</param>
/// <param name="Secret"><c>whsec_</c> and the base64 of 32 random octets.</param>
public sealed record WebhookSecret(Guid Id, string Secret)
{
    private const int Octets = 32;

    /// <summary>A new secret.</summary>
    public static string Make() =>
        WebhookSignature.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Octets));
}
