using System.Net;

namespace Gateway.Domain.Webhooks;

/// <summary>
/// Which addresses may be registered. A name may still lead to a private address later, so the same rule is asked again
/// whenever a connection is made.
/// </summary>
public static class WebhookUrl
{
    /// <summary>Characters; longer ones are a mistake or an attack.</summary>
    public const int MostCharacters = 2048;

    /// <summary>Why it may not be called, or null when it may.</summary>
    public static Rejection? Check(string text, bool allowPrivate)
    {
        if (
            text.Length > MostCharacters
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.IdnHost.Length == 0
        )
        {
            return new WebhookUrlIsInvalid(
                $"The address must be a whole https URL of at most {MostCharacters} characters."
            );
        }

        return url.UserInfo.Length > 0
                ? new WebhookUrlIsInvalid("The address must not hold a user name or a password.")
            : allowPrivate ? null
            : IsPrivate(url) ? new WebhookAddressIsPrivate()
            : url.Scheme != Uri.UriSchemeHttps ? new WebhookUrlIsNotHttps()
            : null;
    }

    private static bool IsPrivate(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var address)
            ? !PublicAddress.Is(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
