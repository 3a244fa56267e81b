using Carter;
using Gateway.Api.Archives.Incidents;
using Gateway.Api.Audit;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Messages;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Archives;

public sealed record ArchiveIsOfAllTenants()
    : Rejection(
        "archive-is-of-all-tenants",
        RejectionKind.Forbidden,
        $"It holds the facts of all tenants; only a key of the tenant '{SystemTenant.First}' may take it."
    );

public sealed class ArchivesModule : ICarterModule
{
    private const string MediaType = "application/gzip";
    private static readonly FactQuery Whole = new(null, null, null, null, null, null, null, null, null, null);

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/archive", Take)
            .Needs(Scopes.ReadArchive)
            .ShowsTexts()
            .WithTags("Archive")
            .WithSummary("Take an archive: everything, a part of the log, or one incident")
            .WithDescription(
                "Gzip'd JSON lines whose last one is a seal: without it an archive is cut off. Everything, when nothing is "
                    + "given; with after= and upTo= the streams that have a fact in between, from their beginning. Either "
                    + "holds the facts of all tenants. With around= what one message of your own had to do with; everything "
                    + "personal in it is replaced."
            )
            .Produces(StatusCodes.Status200OK, contentType: MediaType)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Take(
        Guid? around,
        long? after,
        long? upTo,
        Caller caller,
        HttpContext http,
        IncidentFinder finder,
        Exports exports,
        FactLog log,
        Shown shown,
        CancellationToken cancellation
    )
    {
        if (around is { } message)
        {
            if (await finder.Around(caller.Tenant, message, cancellation) is not { } incident)
            {
                return new MessageIsUnknown().ToProblem();
            }

            http.Response.ContentType = MediaType;
            await exports.Write(incident, http.Response.Body, cancellation);
            return TypedResults.Empty;
        }

        if (caller.Tenant != SystemTenant.First)
        {
            return new ArchiveIsOfAllTenants().ToProblem();
        }

        var mark = await log.Mark(cancellation);
        var end = Math.Min(upTo ?? mark, mark);
        await shown.Log(http, "archive", Whole, after ?? 0, end);
        http.Response.ContentType = MediaType;
        await (
            after is null && upTo is null
                ? exports.Write(end, http.Response.Body, cancellation)
                : exports.Write(after ?? 0, end, http.Response.Body, cancellation)
        );
        return TypedResults.Empty;
    }
}
