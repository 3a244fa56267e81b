using Carter;
using Gateway.Api.Audit;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Domain.Access;
using Gateway.Domain.Messages;
using Gateway.Projections;
using Gateway.Projections.History;
using Gateway.Projections.Messages;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Messages;

public sealed class MessageReadsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/v1/messages").WithTags("Messages");

        messages
            .MapGet("", List)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("List messages, the newest first, now or as they were");
        messages
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("Read one message, now or as it was")
            .WithDescription(
                "Always as new as its last fact. ?asOf= takes an instant (ISO 8601), a position, or before: and the id "
                    + "of a fact; ?happenedBy= an instant; ?version= the number of its facts that count."
            );
        messages
            .MapGet("{id:guid}/events", Events)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("Read every fact of one message");
        messages
            .MapGet("{id:guid}/diff", Compare)
            .Needs(Scopes.ReadMessages)
            .ShowsTexts()
            .WithSummary("What became of one message between two moments");
    }

    private static async Task<Results<Ok<Page<MessageAnswer>>, ProblemHttpResult>> List(
        [AsParameters] MessageFilter filter,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        PastFinder finder,
        PastMessages messages,
        Shown shown,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(filter.Cursor, out var before))
        {
            return Paging.BadCursor();
        }

        if (filter.Wrong is { } wrong)
        {
            return wrong;
        }

        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var size = Paging.Size(filter.Limit);
        await Lag.Tell(http, store, Views.Name, cancellation);
        var page = past is null
            ? await Now(store, caller.Tenant, filter, before, size, cancellation)
            : Paging.Of(
                await messages.List(
                    caller.Tenant,
                    filter.FixedPart,
                    filter.Matches,
                    past,
                    before,
                    size,
                    cancellation
                ),
                MessageAnswer.Of
            );
        await shown.Messages(http, "messages", page.Items);
        return TypedResults.Ok(page);
    }

    private static async Task<Page<MessageAnswer>> Now(
        IDocumentStore store,
        string tenant,
        MessageFilter filter,
        long? before,
        int size,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var query = filter.Narrow(session.Query<MessageView>());
        query = before is { } position ? query.Where(view => view.Position < position) : query;
        var views = await query
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        return Paging.Of(views, size, view => view.Position, MessageAnswer.Of);
    }

    private static async Task<Results<Ok<MessageAnswer>, ProblemHttpResult>> Read(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        PastFinder finder,
        PastStreams streams,
        Shown shown,
        CancellationToken cancellation,
        long? version = null
    )
    {
        if (version < 1)
        {
            return Moments.Bad();
        }

        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var facts = await streams.Facts(caller.Tenant, [id], past ?? Past.Now, cancellation);
        var counted = facts[id].Where(e => e.Version <= (version ?? long.MaxValue));
        if (PastMessages.Fold(counted) is not { } view)
        {
            var missing = new MessageIsUnknown();
            return (
                await streams.Missing(caller.Tenant, id, past ?? Past.Now, missing, cancellation)
            ).ToProblem();
        }

        var answer = MessageAnswer.Of(view);
        await shown.Messages(http, "message", [answer]);
        return TypedResults.Ok(answer);
    }

    private static async Task<Results<Ok<IReadOnlyList<Fact>>, ProblemHttpResult>> Events(
        Guid id,
        Caller caller,
        HttpContext http,
        FactLog log,
        Shown shown,
        CancellationToken cancellation
    )
    {
        var facts = await log.Stream(caller.Tenant, id, cancellation);
        if (facts is not [{ Type: "message_queued" or "inbound_message_received" }, ..])
        {
            return new MessageIsUnknown().ToProblem();
        }

        await shown.Texts(http, "history", id);
        return TypedResults.Ok<IReadOnlyList<Fact>>([.. facts.Select(Fact.Of)]);
    }

    private static async Task<Results<Ok<Difference>, ProblemHttpResult>> Compare(
        Guid id,
        [AsParameters] Span span,
        Caller caller,
        HttpContext http,
        Differences differences,
        PastMessages messages,
        Shown shown,
        CancellationToken cancellation
    )
    {
        await shown.Texts(http, "diff", id);
        return await differences.Answer(
            caller.Tenant,
            id,
            span,
            async past =>
                await messages.One(caller.Tenant, id, past, cancellation) is { } view
                    ? MessageAnswer.Of(view)
                    : null,
            new MessageIsUnknown(),
            cancellation
        );
    }
}
