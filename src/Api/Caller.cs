using System.Diagnostics;
using System.Security.Claims;
using Gateway.Application;
using Wolverine;

namespace Gateway.Api;

/// <summary>Who asks: taken from the key, never from the path or the body.</summary>
/// <param name="Actor">Opaque, such as <c>key:…</c>.</param>
public sealed record Caller(string Tenant, string Actor, string Correlation)
{
    public const string TenantClaim = "tenant";
    public const string ActorClaim = "actor";
    public const string ScopeClaim = "scope";

    /// <summary>For events that it causes.</summary>
    public Origin Origin => new(Actor, Correlation, null);

    /// <summary>Route parameters of this type are filled from the request.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));

    /// <summary>The caller of an authenticated request.</summary>
    public static Caller Of(HttpContext http) =>
        new(
            http.User.FindFirstValue(TenantClaim)!,
            http.User.FindFirstValue(ActorClaim)!,
            Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier
        );

    /// <summary>Runs a command in the caller's tenant and name.</summary>
    public Task<T> Invoke<T>(IMessageBus bus, object command, CancellationToken cancellation) =>
        Origin.SignOn(bus).InvokeForTenantAsync<T>(Tenant, command, cancellation);
}
