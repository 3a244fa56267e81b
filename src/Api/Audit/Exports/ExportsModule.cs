using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application.Audit;
using Gateway.Domain.Access;
using Gateway.Domain.Audit;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Gateway.Api.Audit.Exports;

public sealed class ExportsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var exports = app.MapGroup("/v1/audit/exports").WithTags("Audit");

        exports
            .MapPost("", Ask)
            .Validates<NewExport>()
            .Needs(Scopes.ReadAudit)
            .WithSummary("Have a part of the log written into a file")
            .WithDescription(
                "It ends with the last fact that is recorded when it is asked for; asked for again with the same after and "
                    + "upTo, the same file comes out."
            );
        exports.MapGet("", List).Needs(Scopes.ReadAudit).WithSummary("List the exports, newest first");
        exports
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadAudit)
            .WithSummary("Read what has become of an export, and how far it has come");
        exports
            .MapGet("{id:guid}/content", Content)
            .Needs(Scopes.ReadAudit)
            .ShowsTexts()
            .WithSummary("Fetch the file of an export; a part of it with Range")
            .Produces(StatusCodes.Status200OK, null, "application/x-ndjson", "text/csv")
            .Produces(StatusCodes.Status206PartialContent, null, "application/x-ndjson", "text/csv");
        exports
            .MapGet("{id:guid}/manifest", Manifest)
            .Needs(Scopes.ReadAudit)
            .WithSummary("Read what a finished export has, and its SHA-256; also when the file is gone");
        exports
            .MapDelete("{id:guid}", Remove)
            .Needs(Scopes.ReadAudit)
            .WithSummary("Call off an export, or take away its file");
    }

    private static async Task<Results<Accepted<ListedExport>, ProblemHttpResult>> Ask(
        NewExport body,
        Caller caller,
        FactLog log,
        EventForms forms,
        PastFinder finder,
        ExportStreams exports,
        ExportReads reads,
        ExportWriter writer,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var (asked, problem) = await body.Read(caller.Tenant, log, forms, finder, now, cancellation);
        if (asked is null)
        {
            return problem!;
        }

        var running = await exports.Running(caller.Tenant, cancellation);
        var id = Guid.CreateVersion7();
        var decision = await exports.Decide(
            caller.Tenant,
            id,
            caller.Origin,
            export => Export.Request(export, asked, running),
            cancellation
        );
        if (decision.Rejection is { } rejection)
        {
            return rejection.ToProblem();
        }

        writer.Ring();
        return TypedResults.Accepted(
            $"/v1/audit/exports/{id}",
            await reads.Show(caller.Tenant, id, cancellation)
        );
    }

    private static async Task<Results<Ok<Page<ListedExport>>, ProblemHttpResult>> List(
        Caller caller,
        ExportReads reads,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    ) =>
        Paging.TryRead(cursor, out var before)
            ? TypedResults.Ok(
                await reads.List(caller.Tenant, before ?? long.MaxValue, Paging.Size(limit), cancellation)
            )
            : Paging.BadCursor();

    private static async Task<Results<Ok<ListedExport>, ProblemHttpResult>> Read(
        Guid id,
        Caller caller,
        ExportReads reads,
        CancellationToken cancellation
    ) =>
        await reads.Show(caller.Tenant, id, cancellation) is { } export
            ? TypedResults.Ok(export)
            : new ExportIsUnknown().ToProblem();

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> Content(
        Guid id,
        Caller caller,
        HttpContext http,
        ExportReads reads,
        ExportFolder folder,
        Shown shown,
        CancellationToken cancellation
    )
    {
        var export = await reads.Find(caller.Tenant, id, cancellation);
        if (Export.WhyNoFile(export) is { } rejection)
        {
            return rejection.ToProblem();
        }

        var (asked, made) = (export!.Asked, export.Result!);
        var path = folder.PathOf(id, asked.Format);
        if (!File.Exists(path))
        {
            return new ExportIsGone(ExportStatus.Done).ToProblem();
        }

        if (made.Types.Any(type => StoredFact.Carries(type.Type)))
        {
            await shown.Log(http, "export", Query(asked), asked.After, asked.UpTo, id);
        }

        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.PhysicalFile(
            path,
            asked.Format == "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
            $"audit-{id}.{asked.Format}",
            export.EndedAt?.ToDateTimeOffset(),
            new EntityTagHeaderValue($"\"{made.Sha256}\""),
            enableRangeProcessing: true
        );
    }

    private static async Task<Results<Ok<ExportManifest>, ProblemHttpResult>> Manifest(
        Guid id,
        Caller caller,
        ExportReads reads,
        CancellationToken cancellation
    )
    {
        var export = await reads.Find(caller.Tenant, id, cancellation);
        return export is { Result: { } made }
            ? TypedResults.Ok(ExportManifest.Of(export, made))
            : Export.WhyNoFile(export)!.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid id,
        Caller caller,
        ExportReads reads,
        ExportStreams exports,
        ExportWriter writer,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var decision = await exports.Decide(
            caller.Tenant,
            id,
            caller.Origin,
            export => Export.Remove(export, now),
            cancellation
        );
        if (decision.Rejection is { } rejection)
        {
            return rejection.ToProblem();
        }

        if (decision.IsChange && await reads.Find(caller.Tenant, id, cancellation) is { } gone)
        {
            writer.Forget(id, gone.Asked.Format);
        }

        return TypedResults.NoContent();
    }

    private static FactQuery Query(ExportRequested e) =>
        new(
            e.Types.Count > 0 ? string.Join(',', e.Types) : null,
            null,
            e.Actor,
            e.Stream,
            e.Correlation,
            e.Number,
            e.Device,
            null,
            null,
            e.After
        );
}
