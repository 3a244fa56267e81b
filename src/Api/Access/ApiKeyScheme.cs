using System.Security.Claims;
using System.Text.Encodings.Web;
using Gateway.Application.Access;
using Gateway.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Access;

/// <summary>The scheme has no settings.</summary>
public sealed class ApiKeyOptions : AuthenticationSchemeOptions;

/// <summary>Lets in who shows <c>Authorization: Bearer gk_…</c> (RFC 6750).</summary>
public sealed class ApiKeyScheme(
    KeyRing keys,
    IOptionsMonitor<ApiKeyOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<ApiKeyOptions>(options, logger, encoder)
{
    /// <summary>Under this name it is known to the framework.</summary>
    public const string Name = "ApiKey";

    private const string Bearer = "Bearer ";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer + KeyText.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.Find(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } bearer)
        {
            return AuthenticateResult.Fail("invalid");
        }

        var identity = new ClaimsIdentity(Name);
        identity.AddClaim(new(Caller.TenantClaim, bearer.Tenant));
        identity.AddClaim(new(Caller.ActorClaim, $"key:{bearer.KeyId}"));
        foreach (var scope in bearer.Scopes)
        {
            identity.AddClaim(new(Caller.ScopeClaim, scope));
        }

        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Name));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Response.HasStarted
            ? Task.CompletedTask
            : (
                Request.Headers.Authorization.Count == 0
                    ? new ApiKeyIsMissing().ToProblem()
                    : new ApiKeyIsInvalid().ToProblem()
            ).ExecuteAsync(Context);
    }
}
