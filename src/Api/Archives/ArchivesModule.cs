using Carter;
using Gateway.Api.Audit;
using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Projections.History;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Npgsql;

namespace Gateway.Api.Archives;

public sealed record ArchiveIsOfAllTenants()
    : Rejection(
        "archive-is-of-all-tenants",
        RejectionKind.Forbidden,
        $"It holds the facts of all tenants; only a key of the tenant '{SystemTenant.First}' may take it."
    );

public sealed class ArchivesModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/archive", Take)
            .Needs(Scopes.ReadArchive)
            .ShowsTexts()
            .WithTags("Archive")
            .WithSummary("Take an archive: everything, a part of the log, or one incident")
            .WithDescription(
                "Gzip'd JSON lines whose last one is a seal: without it an archive is cut off. Everything, when nothing is "
                    + "given; with after= and upTo= the streams that have a fact in between, from their beginning. Either "
                    + "holds the facts of all tenants. Reading it is recorded."
            )
            .Produces(StatusCodes.Status200OK, contentType: "application/gzip")
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Take(
        long? after,
        long? upTo,
        Caller caller,
        HttpContext http,
        FactLog log,
        IDocumentStore store,
        NpgsqlDataSource database,
        IClock clock,
        Shown shown,
        CancellationToken cancellation
    )
    {
        if (caller.Tenant != SystemTenant.First)
        {
            return new ArchiveIsOfAllTenants().ToProblem();
        }

        var mark = await log.Mark(cancellation);
        var (from, to) = (after ?? 0, Math.Min(upTo ?? mark, mark));
        var isAll = after is null && upTo is null;
        await shown.Log(
            http,
            "archive",
            new(null, null, null, null, null, null, null, null, null, from),
            from,
            to
        );

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellation
        );
        http.Response.ContentType = "application/gzip";
        await using var archive = new ArchiveWriter(http.Response.Body);
        var kind = isAll ? ArchiveKinds.Complete : ArchiveKinds.Range;
        await archive.Begin(kind, to, clock.GetCurrentInstant(), cancellation);
        var facts = isAll
            ? FactRows.All(connection, to, cancellation)
            : FactRows.Range(connection, from, to, cancellation);
        await foreach (var fact in facts)
        {
            await archive.Write(fact, cancellation);
        }

        if (isAll)
        {
            await KeptDocuments.Write((DocumentStore)store, connection, archive, cancellation);
        }

        await archive.Seal(cancellation);
        return TypedResults.Empty;
    }
}
