using Carter;
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
            .WithSummary("List messages, the newest first, now or as they were");
        messages
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Read one message, now or as it was")
            .WithDescription(
                "Always as new as its last fact. ?asOf= takes an instant (ISO 8601), a position, or before: and the id "
                    + "of a fact; ?happenedBy= an instant; ?version= the number of its facts that count."
            );
        messages
            .MapGet("{id:guid}/events", Events)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Read every fact of one message");
        messages
            .MapGet("{id:guid}/diff", Compare)
            .Needs(Scopes.ReadMessages)
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
        if (past is not null)
        {
            return TypedResults.Ok(
                Paging.Of(
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
                )
            );
        }

        await using var session = store.QuerySession(caller.Tenant);
        var query = filter.Narrow(session.Query<MessageView>());
        query = before is { } position ? query.Where(view => view.Position < position) : query;
        var views = await query
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        return TypedResults.Ok(Paging.Of(views, size, view => view.Position, MessageAnswer.Of));
    }

    private static async Task<Results<Ok<MessageAnswer>, ProblemHttpResult>> Read(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        PastFinder finder,
        PastStreams streams,
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
        return PastMessages.Fold(counted) is { } view
            ? TypedResults.Ok(MessageAnswer.Of(view))
            : (
                await streams.Missing(
                    caller.Tenant,
                    id,
                    past ?? Past.Now,
                    new MessageIsUnknown(),
                    cancellation
                )
            ).ToProblem();
    }

    private static async Task<Results<Ok<IReadOnlyList<Fact>>, ProblemHttpResult>> Events(
        Guid id,
        Caller caller,
        FactLog log,
        CancellationToken cancellation
    )
    {
        var facts = await log.Stream(caller.Tenant, id, cancellation);
        return facts is [{ Type: "message_queued" or "inbound_message_received" }, ..]
            ? TypedResults.Ok<IReadOnlyList<Fact>>([.. facts.Select(Fact.Of)])
            : new MessageIsUnknown().ToProblem();
    }

    private static Task<Results<Ok<Difference>, ProblemHttpResult>> Compare(
        Guid id,
        [AsParameters] Span span,
        Caller caller,
        Differences differences,
        PastMessages messages,
        CancellationToken cancellation
    ) =>
        differences.Answer(
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
