using Carter;
using Gateway.Api.Audit;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Messages;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Messages.Why;

/// <summary>One step of why a message is as it is.</summary>
/// <param name="Says">One sentence for a person.</param>
/// <param name="Status">Of the message with this step.</param>
/// <param name="IsOwn">False for what happened around it, such as its device going silent.</param>
/// <param name="Fact">What was recorded.</param>
public sealed record WhyStep(
    string Says,
    string? Status,
    IReadOnlyList<string> Markers,
    bool IsOwn,
    Fact Fact
);

/// <summary>Why a message is as it is.</summary>
/// <param name="DecidedBy">The fact with which the status became what it is.</param>
/// <param name="Correlation">Ties together all that followed from the same request; see <c>/v1/audit/graph</c>.</param>
public sealed record WhyAnswer(
    Guid Id,
    string Status,
    IReadOnlyList<string> Markers,
    Guid DecidedBy,
    string? Correlation,
    IReadOnlyList<WhyStep> Steps
);

public sealed class WhyModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/messages/{id:guid}/why", Why)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithTags("Messages")
            .WithSummary("Why a message is as it is: the story in steps, each with its fact");

    private static async Task<Results<Ok<WhyAnswer>, ProblemHttpResult>> Why(
        Guid id,
        Caller caller,
        HttpContext http,
        MessageStory story,
        FactLog log,
        Shown shown,
        CancellationToken cancellation
    )
    {
        var told = await story.Tell(caller.Tenant, id, cancellation);
        if (told.FirstOrDefault(step => step.IsOwn) is null)
        {
            return new MessageIsUnknown().ToProblem();
        }

        await shown.Texts(http, "why", id);
        var facts = await log.Find(caller.Tenant, [.. told.Select(step => step.FactId)], cancellation);
        IReadOnlyList<WhyStep> steps =
        [
            .. told.Select(step => new WhyStep(
                step.Says,
                step.Status,
                step.Markers,
                step.IsOwn,
                Fact.Of(facts[step.FactId])
            )),
        ];
        var last = steps[^1];
        return TypedResults.Ok(
            new WhyAnswer(
                id,
                last.Status!,
                last.Markers,
                Deciding(steps).Fact.Id,
                steps.First(step => step.IsOwn).Fact.Correlation,
                steps
            )
        );
    }

    /// <summary>The step with which the status last changed.</summary>
    private static WhyStep Deciding(IReadOnlyList<WhyStep> steps) =>
        steps.Where((step, i) => i == 0 || step.Status != steps[i - 1].Status).Last();
}
