using System.Net;

namespace Gateway.Client;

/// <summary>The gateway said no, with a problem document (RFC 9457).</summary>
public sealed class GatewayProblemException : Exception
{
    public GatewayProblemException()
        : this("unknown", default, "The gateway said no.") { }

    public GatewayProblemException(string message)
        : this("unknown", default, message) { }

    public GatewayProblemException(string message, Exception innerException)
        : base(message, innerException) => (Code, Detail) = ("unknown", message);

    public GatewayProblemException(
        string code,
        HttpStatusCode status,
        string detail,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? errors = null,
        TimeSpan? retryAfter = null
    )
        : base(detail)
    {
        (Code, Status, Detail, RetryAfter) = (code, status, detail, retryAfter);
        Errors = errors ?? new Dictionary<string, IReadOnlyList<string>>();
    }

    /// <summary>Stable, such as <c>message-is-unknown</c>; <c>http-502</c> when something before the gateway answered.</summary>
    public string Code { get; }

    public HttpStatusCode Status { get; }

    /// <summary>One sentence for a person; it may change.</summary>
    public string Detail { get; }

    /// <summary>What is wrong with each field of a malformed request; else empty.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>When to ask again; null when the gateway didn't say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same request may be answered later: the gateway is busy, or out of service.</summary>
    public bool IsTransient =>
        Status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;
}
