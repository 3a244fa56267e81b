using NodaTime;

namespace Gateway.Domain.Access;

/// <summary>A fact in the life of an API key.</summary>
public abstract record ApiKeyEvent(Instant At);

/// <summary>Somebody made a key. The key itself is shown once and kept nowhere.</summary>
/// <param name="Hash">SHA-256 of the key, lower-case hexadecimal; the key has 256 random bits, so no salt is needed.</param>
/// <param name="Prefix">The first characters of the key, to tell keys apart.</param>
/// <param name="Scopes">What it may do, such as <c>messages:send</c>.</param>
/// <param name="ExpiresAt">Void from then on; null for never.</param>
public sealed record ApiKeyCreated(
    string Name,
    string Hash,
    string Prefix,
    IReadOnlyList<string> Scopes,
    Instant? ExpiresAt,
    Instant At
) : ApiKeyEvent(At);

/// <summary>Somebody made it void.</summary>
public sealed record ApiKeyRevoked(Instant At) : ApiKeyEvent(At);
