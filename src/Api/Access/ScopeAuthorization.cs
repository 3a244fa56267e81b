using Gateway.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Gateway.Api.Access;

/// <summary>The scope that a route needs.</summary>
public sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>Compares it with what the key was granted.</summary>
public sealed class ScopeAuthorization : AuthorizationHandler<ScopeRequirement>
{
    /// <inheritdoc />
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        ScopeRequirement requirement
    )
    {
        var granted = context.User.FindAll(Caller.ScopeClaim).Select(claim => claim.Value);
        if (context.User.Identity is { IsAuthenticated: true } && Scopes.Allow(granted, requirement.Scope))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Says which scope was missing, as a problem document.</summary>
public sealed class ScopeAnswer : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    /// <inheritdoc />
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    ) =>
        authorizeResult.Forbidden
        && authorizeResult
            .AuthorizationFailure?.FailedRequirements.OfType<ScopeRequirement>()
            .FirstOrDefault()
            is { } needed
            ? new ScopeIsMissing(needed.Scope).ToProblem().ExecuteAsync(context)
            : standard.HandleAsync(next, context, policy, authorizeResult);
}
