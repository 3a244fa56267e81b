using Gateway.Api.Access;
using Gateway.Application.Access;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Api.Setup;

/// <summary>Who may do what: every route asks for a key, and names the scope it needs.</summary>
public static class Access
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KeyRing>();
        builder
            .Services.AddAuthentication(ApiKeyScheme.Name)
            .AddScheme<ApiKeyOptions, ApiKeyScheme>(ApiKeyScheme.Name, null);
        builder.Services.AddSingleton<IAuthorizationHandler, ScopeAuthorization>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, ScopeAnswer>();
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>The route needs a key with this scope.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(
            new AuthorizationPolicyBuilder().AddRequirements(new ScopeRequirement(scope)).Build()
        );
}
