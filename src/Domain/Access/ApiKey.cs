using NodaTime;

namespace Gateway.Domain.Access;

/// <summary>A key that programs show to be let in.</summary>
public sealed record ApiKey(
    Guid Id,
    string Name,
    string Hash,
    string Prefix,
    IReadOnlyList<string> Scopes,
    Instant CreatedAt,
    Instant? ExpiresAt,
    Instant? RevokedAt
)
{
    /// <summary>Folds one event into the state.</summary>
    public static ApiKey? Evolve(ApiKey? key, Guid id, object @event) =>
        (key, @event) switch
        {
            (null, ApiKeyCreated e) => new(id, e.Name, e.Hash, e.Prefix, e.Scopes, e.At, e.ExpiresAt, null),
            ({ } k, ApiKeyRevoked e) => k with { RevokedAt = k.RevokedAt ?? e.At },
            _ => key,
        };

    /// <summary>Makes a key; scopes that don't exist are refused.</summary>
    public static Decision Issue(ApiKey? key, ApiKeyCreated created) =>
        created.Scopes.FirstOrDefault(scope => !Access.Scopes.Exists(scope)) is { } unknown
            ? new ScopeIsUnknown(unknown)
        : key is null ? Decision.Record(created)
        : Decision.Nothing;

    /// <summary>Makes it void, for good.</summary>
    public static Decision Revoke(ApiKey? key, Instant at) =>
        key switch
        {
            null => new ApiKeyIsUnknown(),
            { RevokedAt: not null } => Decision.Nothing,
            _ => Decision.Record(new ApiKeyRevoked(at)),
        };

    /// <summary>Whether it lets its bearer in now.</summary>
    public bool IsValid(Instant now) => RevokedAt is null && !(ExpiresAt <= now);
}
