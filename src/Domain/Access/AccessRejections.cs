namespace Gateway.Domain.Access;

public sealed record ApiKeyIsUnknown()
    : Rejection("api-key-is-unknown", RejectionKind.Missing, "There is no API key with this id.");

public sealed record ScopeIsUnknown(string Scope)
    : Rejection(
        "scope-is-unknown",
        RejectionKind.Unprocessable,
        $"There is no scope '{(Scope.Length > 64 ? Scope[..64] : Scope)}'. Known: {string.Join(", ", Scopes.All)}, and x:* for a group."
    );

public sealed record ApiKeyIsMissing()
    : Rejection("api-key-is-missing", RejectionKind.Forbidden, "Send an API key: Authorization: Bearer gk_…");

public sealed record ApiKeyIsInvalid()
    : Rejection("api-key-is-invalid", RejectionKind.Forbidden, "The API key is unknown, expired or revoked.");

public sealed record ScopeIsMissing(string Scope)
    : Rejection("scope-is-missing", RejectionKind.Forbidden, $"The API key lacks the scope {Scope}.");
