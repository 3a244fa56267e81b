using Carter;
using Gateway.Api.History;
using Gateway.Api.Messages;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Gateway.Projections;
using Gateway.Projections.Conversations;
using Gateway.Projections.Messages;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Conversations;

public sealed class ConversationReadsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/v1/conversations").WithTags("Conversations");

        conversations
            .MapGet("", List)
            .Needs(Scopes.ReadMessages)
            .WithSummary("List conversations, the latest first, now or as they were");
        conversations
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Read one conversation's summary, now or as it was");
        conversations
            .MapGet("{id:guid}/entries", Entries)
            .Needs(Scopes.ReadMessages)
            .WithSummary("List its texts, the newest first, now or as they were");
        conversations
            .MapGet("{id:guid}/diff", Compare)
            .Needs(Scopes.ReadMessages)
            .WithSummary("What became of one conversation between two moments");
    }

    private static async Task<Results<Ok<Page<ConversationAnswer>>, ProblemHttpResult>> List(
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        PastFinder finder,
        ConversationsThen then,
        string? cursor,
        int? limit,
        bool? unread,
        string? number,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(cursor, out var before))
        {
            return Paging.BadCursor();
        }

        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var size = Paging.Size(limit);
        if (past is not null)
        {
            return TypedResults.Ok(
                await then.List(caller.Tenant, past, number, unread is true, before, size, cancellation)
            );
        }

        await using var session = store.QuerySession(caller.Tenant);
        IQueryable<ConversationView> query = session.Query<ConversationView>();
        query = before is { } position ? query.Where(view => view.LastPosition < position) : query;
        query = unread is true ? query.Where(view => view.Unread > 0) : query;
        query = number is not null
            ? query.Where(view => view.Remote == number || view.Line == number)
            : query;
        var views = await query
            .OrderByDescending(view => view.LastPosition)
            .Take(size + 1)
            .ToListAsync(cancellation);
        var last = await Last(session, views, cancellation);
        await Lag.Tell(http, store, Views.Name, cancellation);
        return TypedResults.Ok(
            Paging.Of(
                views,
                size,
                view => view.LastPosition,
                view => ConversationAnswer.Of(view, last.GetValueOrDefault(view.LastMessageId))
            )
        );
    }

    private static async Task<Results<Ok<ConversationAnswer>, ProblemHttpResult>> Read(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        PastFinder finder,
        ConversationsThen then,
        CancellationToken cancellation
    )
    {
        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (past is not null)
        {
            return await then.One(caller.Tenant, id, past, cancellation) is { } answer
                ? TypedResults.Ok(answer)
                : new ConversationIsUnknown().ToProblem();
        }

        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<ConversationView>(id, cancellation) is not { } view)
        {
            return new ConversationIsUnknown().ToProblem();
        }

        var last = await Last(session, [view], cancellation);
        return TypedResults.Ok(ConversationAnswer.Of(view, last.GetValueOrDefault(view.LastMessageId)));
    }

    private static async Task<Results<Ok<Page<MessageAnswer>>, ProblemHttpResult>> Entries(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        PastFinder finder,
        PastMessages messages,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(cursor, out var before))
        {
            return Paging.BadCursor();
        }

        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var size = Paging.Size(limit);
        if (past is not null)
        {
            return TypedResults.Ok(
                Paging.Of(
                    await messages.List(
                        caller.Tenant,
                        query => query.Where(view => view.ConversationId == id),
                        view => view.ConversationId == id,
                        past,
                        before,
                        size,
                        cancellation
                    ),
                    MessageAnswer.Of
                )
            );
        }

        await using var session = store.QuerySession(caller.Tenant);
        var query = session.Query<MessageView>().Where(view => view.ConversationId == id);
        query = before is { } position ? query.Where(view => view.Position < position) : query;
        var views = await query
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        await Lag.Tell(http, store, Views.Name, cancellation);
        return TypedResults.Ok(Paging.Of(views, size, view => view.Position, MessageAnswer.Of));
    }

    private static Task<Results<Ok<Difference>, ProblemHttpResult>> Compare(
        Guid id,
        [AsParameters] Span span,
        Caller caller,
        Differences differences,
        ConversationsThen then,
        CancellationToken cancellation
    ) =>
        differences.Answer(
            caller.Tenant,
            id,
            span,
            past => then.One(caller.Tenant, id, past, cancellation),
            new ConversationIsUnknown(),
            cancellation
        );

    private static async Task<Dictionary<Guid, MessageView>> Last(
        IQuerySession session,
        IReadOnlyList<ConversationView> views,
        CancellationToken cancellation
    )
    {
        Guid[] ids = [.. views.Select(view => view.LastMessageId)];
        return (await session.LoadManyAsync<MessageView>(cancellation, ids)).ToDictionary(message =>
            message.Id
        );
    }
}
