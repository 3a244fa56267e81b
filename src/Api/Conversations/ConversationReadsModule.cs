using Carter;
using Gateway.Api.Audit;
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
            .ShowsTexts()
            .WithSummary("List conversations, the latest first, now or as they were");
        conversations
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("Read one conversation's summary, now or as it was");
        conversations
            .MapGet("{id:guid}/entries", Entries)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("List its texts, the newest first, now or as they were");
        conversations
            .MapGet("{id:guid}/diff", Compare)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("What became of one conversation between two moments");
    }

    private static async Task<Results<Ok<Page<ConversationAnswer>>, ProblemHttpResult>> List(
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        ConversationsNow now,
        PastFinder finder,
        ConversationsThen then,
        Shown shown,
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
        var page = past is null
            ? await now.List(caller.Tenant, number, unread is true, before, size, cancellation)
            : await then.List(caller.Tenant, past, number, unread is true, before, size, cancellation);
        await Lag.Tell(http, store, Views.Name, cancellation);
        await shown.Texts(http, "conversations", page.Items.Select(conversation => (Guid?)conversation.Id));
        return TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<ConversationAnswer>, ProblemHttpResult>> Read(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        ConversationsNow now,
        PastFinder finder,
        ConversationsThen then,
        Shown shown,
        CancellationToken cancellation
    )
    {
        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var answer = past is null
            ? await now.One(caller.Tenant, id, cancellation)
            : await then.One(caller.Tenant, id, past, cancellation);
        if (answer is null)
        {
            return new ConversationIsUnknown().ToProblem();
        }

        await shown.Texts(http, "conversation", id);
        return TypedResults.Ok(answer);
    }

    private static async Task<Results<Ok<Page<MessageAnswer>>, ProblemHttpResult>> Entries(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        ConversationsNow now,
        PastFinder finder,
        PastMessages messages,
        Shown shown,
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
        var page = past is null
            ? await now.Entries(caller.Tenant, id, before, size, cancellation)
            : Paging.Of(
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
            );
        await Lag.Tell(http, store, Views.Name, cancellation);
        await shown.Messages(http, "entries", page.Items);
        return TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<Difference>, ProblemHttpResult>> Compare(
        Guid id,
        [AsParameters] Span span,
        Caller caller,
        HttpContext http,
        Differences differences,
        ConversationsThen then,
        Shown shown,
        CancellationToken cancellation
    )
    {
        await shown.Texts(http, "diff", id);
        return await differences.Answer(
            caller.Tenant,
            id,
            span,
            past => then.One(caller.Tenant, id, past, cancellation),
            new ConversationIsUnknown(),
            cancellation
        );
    }
}
