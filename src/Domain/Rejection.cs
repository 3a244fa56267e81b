namespace Gateway.Domain;

/// <summary>Why something may not happen.</summary>
/// <param name="Code">Stable, in kebab case; becomes the <c>type</c> of the problem document (RFC 9457).</param>
/// <param name="Detail">One sentence for a person; no message text, no whole number.</param>
public abstract record Rejection(string Code, RejectionKind Kind, string Detail);

/// <summary>What sort of no it is; decides the HTTP status.</summary>
public enum RejectionKind
{
    /// <summary>There is no such thing, or not for this tenant (404).</summary>
    Missing,

    /// <summary>Its present state doesn't allow it (409).</summary>
    Conflict,

    /// <summary>Understood, but against a rule (422).</summary>
    Unprocessable,

    /// <summary>The caller may not do this (403).</summary>
    Forbidden,
}
