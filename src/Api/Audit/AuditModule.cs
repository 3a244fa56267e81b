using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Gateway.Domain.Audit;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Audit;

/// <summary>How many facts match.</summary>
/// <param name="IsExact">False when there are more than <paramref name="Count"/>.</param>
public sealed record FactCount(int Count, bool IsExact);

public sealed class AuditModule : ICarterModule
{
    /// <summary>Beyond, it isn't counted.</summary>
    private const int MostCounted = 10_000;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/v1/audit").WithTags("Audit");

        audit
            .MapGet("", List)
            .Needs(Scopes.ReadAudit)
            .ShowsTexts()
            .WithSummary("List every fact of the tenant, in the order it was recorded");
        audit
            .MapGet("count", Count)
            .Needs(Scopes.ReadAudit)
            .WithSummary("Count the facts that a list would have, exactly up to 10,000");
        audit
            .MapGet("readings", WhoRead)
            .Needs(Scopes.ReadAudit)
            .WithSummary("List who was shown a conversation, a message, or what was written with a number")
            .WithDescription(
                "Exactly one of ?conversation=, ?message= and ?number=. Who read a part of the whole log may have seen it, "
                    + "too; ?everything=false leaves those out."
            );
    }

    private static async Task<Results<Ok<Page<Fact>>, ProblemHttpResult>> List(
        [AsParameters] FactQuery query,
        Caller caller,
        HttpContext http,
        FactLog log,
        EventForms forms,
        Shown shown,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(cursor, out var position))
        {
            return Paging.BadCursor();
        }

        var (filter, period, problem) = await query.Read(caller.Tenant, log, forms, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var after = Math.Max(position ?? 0, period.After);
        var page = await log.Look(filter, after, Paging.Size(limit), cancellation, period.UpTo);
        if (page.HasTexts)
        {
            await shown.Log(http, "audit", query, after, period.UpTo);
        }

        return TypedResults.Ok(
            new Page<Fact>([.. page.Facts.Select(Fact.Of)], page.More ? Paging.Cursor(page.After) : null)
        );
    }

    private static async Task<Results<Ok<FactCount>, ProblemHttpResult>> Count(
        [AsParameters] FactQuery query,
        Caller caller,
        FactLog log,
        EventForms forms,
        CancellationToken cancellation
    )
    {
        var (filter, period, problem) = await query.Read(caller.Tenant, log, forms, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var upTo = period.UpTo ?? long.MaxValue;
        var count = await log.Count(filter, period.After, upTo, MostCounted + 1, cancellation);
        return TypedResults.Ok(new FactCount(Math.Min(count, MostCounted), count <= MostCounted));
    }

    private static async Task<Results<Ok<Page<Fact>>, ProblemHttpResult>> WhoRead(
        Caller caller,
        FactLog log,
        Guid? conversation,
        Guid? message,
        string? number,
        string? cursor,
        int? limit,
        bool? everything,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(cursor, out var position))
        {
            return Paging.BadCursor();
        }

        var asked = new[] { conversation?.ToString(), message?.ToString(), number }.OfType<string>().ToList();
        if (asked is not [var subject])
        {
            return Problems.Malformed(
                "request-is-malformed",
                "Say exactly one of conversation, message and number."
            );
        }

        IReadOnlyList<string> subjects = number is null
            ? [subject]
            : await log.SubjectsOf(caller.Tenant, number, cancellation);
        var filter = FactFilter.All(caller.Tenant) with
        {
            Read = everything is false ? subjects : [.. subjects, ContentRead.Anything],
        };
        var page = await log.Look(filter, position ?? 0, Paging.Size(limit), cancellation);
        return TypedResults.Ok(
            new Page<Fact>([.. page.Facts.Select(Fact.Of)], page.More ? Paging.Cursor(page.After) : null)
        );
    }
}
