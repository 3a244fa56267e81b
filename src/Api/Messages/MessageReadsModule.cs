using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Gateway.Domain.Messages;
using Gateway.Projections;
using Gateway.Projections.Messages;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Messages;

/// <summary>What a list of messages is narrowed by.</summary>
/// <param name="Status">Such as <c>delivered</c>; <c>replied</c> works too.</param>
/// <param name="Number">Either side, in E.164 form.</param>
/// <param name="Since">Accepted or received at or after.</param>
/// <param name="Until">Accepted or received before.</param>
public sealed record MessageFilter(
    string? Status,
    string? Number,
    Guid? Device,
    string? Tag,
    string? Direction,
    string? Since,
    string? Until,
    string? Cursor,
    int? Limit
);

public sealed class MessageReadsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/v1/messages").WithTags("Messages");

        messages.MapGet("", List).Needs(Scopes.ReadMessages).WithSummary("List messages, the newest first");
        messages
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Read one message, now or as it was")
            .WithDescription(
                "Always as new as its last fact. ?asOf= takes an instant (ISO 8601) or a version (1, 2, …)."
            );
        messages
            .MapGet("{id:guid}/events", Events)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Read every fact of one message");
    }

    private static async Task<Results<Ok<Page<MessageAnswer>>, ProblemHttpResult>> List(
        [AsParameters] MessageFilter filter,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(filter.Cursor, out var before))
        {
            return Paging.BadCursor();
        }

        if (!Moments.TryRead(filter.Since, out var since) || !Moments.TryRead(filter.Until, out var until))
        {
            return Moments.Bad();
        }

        if (
            filter.Status is { } status
            && status is not ("replied" or "received")
            && !MessageWords.AllStatuses.Contains(status)
        )
        {
            return Problems.Malformed(
                "status-is-unknown",
                $"Known: {string.Join(", ", MessageWords.AllStatuses)}, received, replied."
            );
        }

        await using var session = store.QuerySession(caller.Tenant);
        var size = Paging.Size(filter.Limit);
        var query = Narrow(session.Query<MessageView>(), filter, since, until);
        if (before is { } position)
        {
            query = query.Where(view => view.Position < position);
        }

        var views = await query
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        await Lag.Tell(http, store, Views.Name, cancellation);
        return TypedResults.Ok(Paging.Of(views, size, view => view.Position, MessageAnswer.Of));
    }

    private static IQueryable<MessageView> Narrow(
        IQueryable<MessageView> query,
        MessageFilter filter,
        Instant? since,
        Instant? until
    )
    {
        query = filter.Status switch
        {
            null => query,
            "replied" => query.Where(view => view.Markers.Contains("replied")),
            var status => query.Where(view => view.Status == status),
        };
        query = filter.Number is { } number
            ? query.Where(view => view.Remote == number || view.Line == number)
            : query;
        query = filter.Device is { } device ? query.Where(view => view.DeviceId == device) : query;
        query = filter.Tag is { } tag ? query.Where(view => view.Tags.Contains(tag)) : query;
        query = filter.Direction is { } direction ? query.Where(view => view.Direction == direction) : query;
        query = since is { } from
            ? query.Where(view => view.QueuedAt >= from.ToUnixTimeMilliseconds())
            : query;
        return until is { } to ? query.Where(view => view.QueuedAt < to.ToUnixTimeMilliseconds()) : query;
    }

    private static async Task<Results<Ok<MessageAnswer>, ProblemHttpResult>> Read(
        Guid id,
        Caller caller,
        IDocumentStore store,
        string? asOf,
        CancellationToken cancellation
    )
    {
        var at = (Instant?)null;
        // To the store version 0 is the present; to a caller there is none before the first.
        if (long.TryParse(asOf, out var version) ? version < 1 : !Moments.TryRead(asOf, out at))
        {
            return Moments.Bad();
        }

        await using var session = store.QuerySession(caller.Tenant);
        var events = await session.Events.FetchStreamAsync(
            id,
            version,
            at?.ToDateTimeOffset(),
            token: cancellation
        );
        return MessageAnswer.Of(events) is { } answer
            ? TypedResults.Ok(answer)
            : new MessageIsUnknown().ToProblem();
    }

    private static async Task<Results<Ok<IReadOnlyList<Fact>>, ProblemHttpResult>> Events(
        Guid id,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        var events = await session.Events.FetchStreamAsync(id, token: cancellation);
        return events.Count > 0 && MessageAnswer.Of(events) is not null
            ? TypedResults.Ok<IReadOnlyList<Fact>>([.. events.Select(Fact.Of)])
            : new MessageIsUnknown().ToProblem();
    }
}
