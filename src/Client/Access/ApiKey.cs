namespace Gateway.Client.Access;

/// <summary>An API key as it is listed; the key itself is never shown again.</summary>
/// <param name="Prefix">How the key begins.</param>
/// <param name="LastUsedAt">To the minute; null when it never was.</param>
public sealed record ApiKey(
    Guid Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt
);

/// <summary>A key just made.</summary>
/// <param name="Key">Shown this once.</param>
public sealed record MadeApiKey(
    Guid Id,
    string Name,
    string Key,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt
);

/// <summary>What a new key shall be.</summary>
internal sealed record NewApiKey(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
