using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Audit;

/// <summary>One fact led to another.</summary>
public sealed record Cause(Guid From, Guid To);

/// <summary>All that followed from one request, across streams.</summary>
/// <param name="Roots">Facts that no other of these led to.</param>
/// <param name="Causes">Which led to which.</param>
/// <param name="More">There are more facts than are shown.</param>
public sealed record CausationGraph(
    string Correlation,
    IReadOnlyList<Guid> Roots,
    IReadOnlyList<Cause> Causes,
    IReadOnlyList<Fact> Facts,
    bool More
);

public sealed record CorrelationIsUnknown()
    : Rejection("correlation-is-unknown", RejectionKind.Missing, "No fact has this correlation.");

public sealed class GraphModule : ICarterModule
{
    private const int MostFacts = 2_000;

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/audit/graph", Graph)
            .Needs(Scopes.ReadAudit)
            .ShowsTexts()
            .WithTags("Audit")
            .WithSummary("What led to what: the causation graph of a correlation, across streams");

    private static async Task<Results<Ok<CausationGraph>, ProblemHttpResult>> Graph(
        string correlation,
        Caller caller,
        HttpContext http,
        FactLog log,
        Shown shown,
        CancellationToken cancellation
    )
    {
        var filter = FactFilter.All(caller.Tenant) with { Correlation = correlation };
        var page = await log.Look(filter, 0, MostFacts, cancellation);
        if (page.Facts.Count == 0)
        {
            return new CorrelationIsUnknown().ToProblem();
        }

        await shown.Texts(
            http,
            "graph",
            page.Facts.Where(fact => fact.HasText).Select(fact => (Guid?)fact.Stream)
        );
        return TypedResults.Ok(Of(correlation, page));
    }

    private static CausationGraph Of(string correlation, FactPage page)
    {
        var ids = page.Facts.Select(fact => fact.Id).ToHashSet();
        var causes = page
            .Facts.Select(fact =>
                (Cause: Guid.TryParse(fact.Causation, out var cause) ? cause : Guid.Empty, fact.Id)
            )
            .Where(link => ids.Contains(link.Cause))
            .Select(link => new Cause(link.Cause, link.Id))
            .ToList();
        var caused = causes.Select(cause => cause.To).ToHashSet();
        return new(
            correlation,
            [.. page.Facts.Select(fact => fact.Id).Where(id => !caused.Contains(id))],
            causes,
            [.. page.Facts.Select(Fact.Of)],
            page.More
        );
    }
}
