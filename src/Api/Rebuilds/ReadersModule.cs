using Carter;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Rebuilds;

/// <summary>Why a reader is paused, or an event left out; for the record.</summary>
public sealed record WhyReader(string? Reason);

public sealed class ReadersModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var projections = app.MapGroup("/v1/projections").WithTags("Projections");

        projections
            .MapGet("", List)
            .Needs(Scopes.ReadProjections)
            .WithSummary("List what reads the log, with lag and pace");
        projections
            .MapPost("{name}/pause", Pause)
            .Needs(Scopes.WriteProjections)
            .WithSummary("Stop one of them, across restarts");
        projections
            .MapPost("{name}/resume", Resume)
            .Needs(Scopes.WriteProjections)
            .WithSummary("Let it go on from where it was");
        projections
            .MapGet("parked", Parked)
            .Needs(Scopes.ReadProjections)
            .WithSummary("List the events that could not be taken in");
        projections
            .MapPost("parked/{id:guid}/retry", Retry)
            .Needs(Scopes.WriteProjections)
            .WithSummary("Try again: build the view that stumbled anew")
            .WithDescription(
                "Answers with the rebuild. When it finishes, what was parked has been taken in."
            );
        projections
            .MapPost("parked/{id:guid}/skip", Skip)
            .Needs(Scopes.WriteProjections)
            .WithSummary("Leave it out for good, on the record");
    }

    private static async Task<Ok<IReadOnlyList<ReaderAnswer>>> List(
        Readers readers,
        CancellationToken cancellation
    ) => TypedResults.Ok(await readers.All(cancellation));

    private static async Task<Results<NoContent, ProblemHttpResult>> Pause(
        string name,
        WhyReader? body,
        Caller caller,
        Readers readers,
        CancellationToken cancellation
    ) =>
        await readers.Pause(name, body?.Reason ?? "", caller.Origin, cancellation) is { } rejection
            ? rejection.ToProblem()
            : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Resume(
        string name,
        Caller caller,
        Readers readers,
        CancellationToken cancellation
    ) =>
        await readers.Resume(name, caller.Origin, cancellation) is { } rejection
            ? rejection.ToProblem()
            : TypedResults.NoContent();

    private static async Task<Ok<IReadOnlyList<ParkedEvent>>> Parked(
        ParkedEvents parked,
        CancellationToken cancellation
    ) => TypedResults.Ok(await parked.All(cancellation));

    private static async Task<Results<Accepted<RebuildAnswer>, ProblemHttpResult>> Retry(
        Guid id,
        Caller caller,
        ParkedEvents parked,
        Rebuilds rebuilds,
        CancellationToken cancellation
    )
    {
        if ((await parked.All(cancellation)).FirstOrDefault(e => e.Id == id) is not { } e)
        {
            return new ParkedEventIsUnknown().ToProblem();
        }

        var views = AllViews.Of(e.Reader);
        if (views.Count == 0)
        {
            return new ReaderHasNoViews(e.Reader).ToProblem();
        }

        var rebuild = Guid.CreateVersion7();
        var decision = await rebuilds.Request(rebuild, views, caller.Origin, cancellation);
        return decision.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Accepted(
                $"/v1/projections/rebuilds/{rebuild}",
                RebuildAnswer.Of((await rebuilds.Find(rebuild, cancellation))!, rebuilds)
            );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Skip(
        Guid id,
        WhyReader? body,
        Caller caller,
        ParkedEvents parked,
        CancellationToken cancellation
    ) =>
        string.IsNullOrWhiteSpace(body?.Reason)
            ? Problems.Malformed("reason-is-missing", "Who leaves an event out says why, in reason.")
        : await parked.Skip(id, body.Reason, caller.Origin, cancellation) is { } rejection
            ? rejection.ToProblem()
        : TypedResults.NoContent();
}
