using Carter;
using FluentValidation;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application.Access;
using Gateway.Domain;
using Gateway.Domain.Access;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wolverine;

namespace Gateway.Api.Access;

/// <summary>What a new API key shall be.</summary>
/// <param name="Scopes">Such as <c>messages:send</c>, or <c>messages:*</c> for a group.</param>
/// <param name="ExpiresAt">Void from then on; never when left out.</param>
public sealed record NewApiKey(string? Name, IReadOnlyList<string>? Scopes, Instant? ExpiresAt)
{
    public sealed class Validator : AbstractValidator<NewApiKey>
    {
        public Validator(IClock clock)
        {
            RuleFor(k => k.Name).NotEmpty().MaximumLength(100);
            RuleFor(k => k.Scopes).NotEmpty();
            RuleFor(k => k.ExpiresAt)
                .Must(at => at > clock.GetCurrentInstant())
                .WithMessage("'{PropertyName}' has passed already.")
                .When(k => k.ExpiresAt is not null);
        }
    }
}

/// <summary>A key just made; <paramref name="Key"/> is shown this once.</summary>
public sealed record MadeApiKey(
    Guid Id,
    string Name,
    string Key,
    IReadOnlyList<string> Scopes,
    Instant? ExpiresAt
);

/// <summary>A key as it is listed.</summary>
/// <param name="LastUsedAt">To the minute; null when it never was, and in answers about the past.</param>
public sealed record ListedApiKey(
    Guid Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    Instant CreatedAt,
    Instant? ExpiresAt,
    Instant? RevokedAt,
    Instant? LastUsedAt
);

public sealed class AccessModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/v1/keys").WithTags("API keys");

        keys.MapPost("", Create)
            .Validates<NewApiKey>()
            .Needs(Scopes.WriteKeys)
            .WithSummary("Make an API key; it is shown once");
        keys.MapGet("", List).Needs(Scopes.ReadKeys).WithSummary("List the API keys, now or as they were");
        keys.MapDelete("{id:guid}", Revoke)
            .Needs(Scopes.WriteKeys)
            .WithSummary("Make an API key void, within a second");
    }

    private static async Task<Results<Created<MadeApiKey>, ProblemHttpResult>> Create(
        NewApiKey body,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var (id, key) = (Guid.CreateVersion7(), KeyText.Make());
        var command = new CreateApiKey(id, body.Name!, body.Scopes!, body.ExpiresAt, key);
        var decision = await caller.Invoke<Decision>(bus, command, cancellation);
        return decision.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Created(
                $"/v1/keys/{id}",
                new MadeApiKey(id, body.Name!, key, body.Scopes!, body.ExpiresAt)
            );
    }

    private static async Task<Results<Ok<IReadOnlyList<ListedApiKey>>, ProblemHttpResult>> List(
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        PastFinder finder,
        PastStreams streams,
        CancellationToken cancellation
    )
    {
        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var keys = await streams.States<ApiKey>(
            caller.Tenant,
            "api_key_created",
            ApiKey.Evolve,
            past ?? Past.Now,
            cancellation
        );
        // When a key was last used is no fact, so of the past it isn't known.
        await using var session = store.QuerySession(caller.Tenant);
        var uses = past is null
            ? await session.LoadManyAsync<ApiKeyUse>(cancellation, [.. keys.Select(key => key.Id)])
            : [];
        var usedAt = uses.ToDictionary(use => use.Id, use => (Instant?)use.At);
        return TypedResults.Ok<IReadOnlyList<ListedApiKey>>([
            .. keys.Select(k => new ListedApiKey(
                k.Id,
                k.Name,
                k.Prefix,
                k.Scopes,
                k.CreatedAt,
                k.ExpiresAt,
                k.RevokedAt,
                usedAt.GetValueOrDefault(k.Id)
            )),
        ]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        Guid id,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var decision = await caller.Invoke<Decision>(bus, new RevokeApiKey(id), cancellation);
        return decision.Rejection is { } rejection ? rejection.ToProblem() : TypedResults.NoContent();
    }
}
