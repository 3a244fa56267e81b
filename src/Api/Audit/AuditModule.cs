using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Gateway.Domain.Consent;
using Gateway.Projections.Messages;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Audit;

/// <summary>What the audit list is narrowed by; all that is given must hold.</summary>
/// <param name="Actor">Such as <c>key:…</c>, <c>device:…</c> or <c>system:router</c>.</param>
/// <param name="Type">The stored name, such as <c>message_delivered</c>.</param>
/// <param name="Stream">The id of a message, device, key …</param>
/// <param name="Number">Streams that this number takes part in, on either side; E.164.</param>
/// <param name="Since">Recorded at or after.</param>
/// <param name="Until">Recorded before.</param>
/// <param name="After">Positions above this one.</param>
public sealed record AuditFilter(
    string? Actor,
    string? Type,
    Guid? Stream,
    string? Number,
    string? Correlation,
    string? Since,
    string? Until,
    long? After,
    string? Cursor,
    int? Limit
);

public sealed class AuditModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/audit", List)
            .Needs(Scopes.ReadAudit)
            .WithTags("Audit")
            .WithSummary("List every fact of the tenant, in the order it was recorded");

    private static async Task<Results<Ok<Page<Fact>>, ProblemHttpResult>> List(
        [AsParameters] AuditFilter filter,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(filter.Cursor, out var cursor))
        {
            return Paging.BadCursor();
        }

        if (!Moments.TryRead(filter.Since, out var since) || !Moments.TryRead(filter.Until, out var until))
        {
            return Moments.Bad();
        }

        await using var session = store.QuerySession(caller.Tenant);
        var after = Math.Max(cursor ?? 0, filter.After ?? 0);
        IQueryable<IEvent> query = session.Events.QueryAllRawEvents().Where(e => e.Sequence > after);
        query = filter.Actor is { } actor ? query.Where(e => e.UserName == actor) : query;
        query = filter.Type is { } type ? query.Where(e => e.EventTypeName == type) : query;
        query = filter.Stream is { } stream ? query.Where(e => e.StreamId == stream) : query;
        query = filter.Correlation is { } correlation
            ? query.Where(e => e.CorrelationId == correlation)
            : query;
        query = since is { } from ? query.Where(e => e.Timestamp >= from.ToDateTimeOffset()) : query;
        query = until is { } to ? query.Where(e => e.Timestamp < to.ToDateTimeOffset()) : query;
        if (filter.Number is { } number)
        {
            var streams = await StreamsOf(number, session, cancellation);
            query = query.Where(e => e.StreamId.IsOneOf(streams));
        }

        var size = Paging.Size(filter.Limit);
        var events = await query.OrderBy(e => e.Sequence).Take(size + 1).ToListAsync(cancellation);
        return TypedResults.Ok(Paging.Of(events, size, e => e.Sequence, Fact.Of));
    }

    /// <summary>The texts that a number sent or received, on either side, and its consent.</summary>
    private static async Task<Guid[]> StreamsOf(
        string number,
        IQuerySession session,
        CancellationToken cancellation
    ) =>
        [
            .. await session
                .Query<MessageView>()
                .Where(view => view.Remote == number || view.Line == number)
                .Select(view => view.Id)
                .ToListAsync(cancellation),
            ConsentState.IdOf(number),
        ];
}
