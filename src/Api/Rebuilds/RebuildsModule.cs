using Carter;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Gateway.Domain.Rebuilds;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Npgsql;

namespace Gateway.Api.Rebuilds;

/// <summary>Which views shall be built anew; all when none is named.</summary>
public sealed record NewRebuild(IReadOnlyList<string>? Views);

/// <summary>One rebuild.</summary>
/// <param name="Status"><c>running</c>, <c>finished</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Progress">While it runs, on the node that runs it.</param>
/// <param name="Results">What came of each view: <c>differences</c> is 0 where it came out the same.</param>
public sealed record RebuildAnswer(
    Guid Id,
    IReadOnlyList<string> Views,
    string Status,
    RebuildProgress? Progress,
    IReadOnlyList<RebuiltView> Results,
    string? Reason,
    Instant RequestedAt,
    Instant? EndedAt
)
{
    public static RebuildAnswer Of(Rebuild rebuild, Rebuilds rebuilds) =>
        new(
            rebuild.Id,
            rebuild.Views,
            rebuild.Status,
            rebuilds.ProgressOf(rebuild.Id),
            rebuild.Results,
            rebuild.Reason,
            rebuild.RequestedAt,
            rebuild.EndedAt
        );
}

public sealed class RebuildsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var rebuilds = app.MapGroup("/v1/projections/rebuilds").WithTags("Projections");

        rebuilds
            .MapPost("", Request)
            .Needs(Scopes.WriteProjections)
            .WithSummary("Build views anew beside those in use, compare, and put them in their place");
        rebuilds
            .MapGet("", List)
            .Needs(Scopes.ReadProjections)
            .WithSummary("List the rebuilds, the newest first");
        rebuilds.MapGet("{id:guid}", Read).Needs(Scopes.ReadProjections).WithSummary("Read one rebuild");
        rebuilds
            .MapDelete("{id:guid}", Cancel)
            .Needs(Scopes.WriteProjections)
            .WithSummary("Stop a rebuild; what is in use stays as it is");
    }

    private static async Task<Results<Accepted<RebuildAnswer>, ProblemHttpResult>> Request(
        NewRebuild? body,
        Caller caller,
        Rebuilds rebuilds,
        CancellationToken cancellation
    )
    {
        var id = Guid.CreateVersion7();
        var decision = await rebuilds.Request(id, body?.Views ?? [], caller.Origin, cancellation);
        return decision.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Accepted(
                $"/v1/projections/rebuilds/{id}",
                RebuildAnswer.Of((await rebuilds.Find(id, cancellation))!, rebuilds)
            );
    }

    private static async Task<Ok<IReadOnlyList<RebuildAnswer>>> List(
        Rebuilds rebuilds,
        CancellationToken cancellation
    ) =>
        TypedResults.Ok<IReadOnlyList<RebuildAnswer>>([
            .. (await rebuilds.All(cancellation)).Select(rebuild => RebuildAnswer.Of(rebuild, rebuilds)),
        ]);

    private static async Task<Results<Ok<RebuildAnswer>, ProblemHttpResult>> Read(
        Guid id,
        Rebuilds rebuilds,
        CancellationToken cancellation
    ) =>
        await rebuilds.Find(id, cancellation) is { } rebuild
            ? TypedResults.Ok(RebuildAnswer.Of(rebuild, rebuilds))
            : new RebuildIsUnknown().ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> Cancel(
        Guid id,
        Caller caller,
        Rebuilds rebuilds,
        CancellationToken cancellation
    )
    {
        var decision = await rebuilds.Cancel(id, caller.Origin, cancellation);
        return decision.Rejection is { } rejection ? rejection.ToProblem() : TypedResults.NoContent();
    }
}
