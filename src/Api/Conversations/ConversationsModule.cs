using Carter;
using FluentValidation;
using Gateway.Api.History;
using Gateway.Api.Messages;
using Gateway.Api.Setup;
using Gateway.Application.Conversations;
using Gateway.Application.Messages;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Conversations;
using Gateway.Projections;
using Gateway.Projections.Conversations;
using Gateway.Projections.Messages;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wolverine;

namespace Gateway.Api.Conversations;

/// <summary>One conversation in the list.</summary>
/// <param name="Line">Our number.</param>
/// <param name="Remote">The other side.</param>
/// <param name="Last">Its newest entry; null while the view of messages trails.</param>
public sealed record ConversationAnswer(
    Guid Id,
    string Line,
    string Remote,
    int Unread,
    Instant LastAt,
    MessageAnswer? Last
);

/// <summary>Up to where somebody has read; without a position, to the newest entry.</summary>
public sealed record ReadMark(long? UpTo);

/// <summary>An answer in a conversation; line and recipient are the conversation's own.</summary>
public sealed record Reply(string? Text, bool? DeliveryReport);

public sealed record ConversationIsUnknown()
    : Rejection("conversation-is-unknown", RejectionKind.Missing, "There is no conversation with this id.");

public sealed class ConversationsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/v1/conversations").WithTags("Conversations");

        conversations
            .MapGet("", List)
            .Needs(Scopes.ReadMessages)
            .WithSummary("List conversations, the latest first");
        conversations
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Read one conversation's summary");
        conversations
            .MapGet("{id:guid}/entries", Entries)
            .Needs(Scopes.ReadMessages)
            .WithSummary("List its texts, the newest first");
        conversations
            .MapPost("{id:guid}/read", Mark)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Mark it as read");
        conversations
            .MapPost("{id:guid}/messages", Answer)
            .Needs(Scopes.SendMessages)
            .WithSummary("Answer by the same line");
    }

    private static async Task<Results<Ok<Page<ConversationAnswer>>, ProblemHttpResult>> List(
        Caller caller,
        HttpContext http,
        IDocumentStore store,
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

        await using var session = store.QuerySession(caller.Tenant);
        IQueryable<ConversationView> query = session.Query<ConversationView>();
        query = before is { } position ? query.Where(view => view.LastPosition < position) : query;
        query = unread is true ? query.Where(view => view.Unread > 0) : query;
        query = number is not null
            ? query.Where(view => view.Remote == number || view.Line == number)
            : query;
        var size = Paging.Size(limit);
        var views = await query
            .OrderByDescending(view => view.LastPosition)
            .Take(size + 1)
            .ToListAsync(cancellation);
        var last = await Last(session, views, cancellation);
        await Lag.Tell(http, store, Views.Name, cancellation);
        return TypedResults.Ok(Paging.Of(views, size, view => view.LastPosition, view => Show(view, last)));
    }

    private static async Task<Results<Ok<ConversationAnswer>, ProblemHttpResult>> Read(
        Guid id,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        return await session.LoadAsync<ConversationView>(id, cancellation) is { } view
            ? TypedResults.Ok(Show(view, await Last(session, [view], cancellation)))
            : new ConversationIsUnknown().ToProblem();
    }

    private static async Task<Results<Ok<Page<MessageAnswer>>, ProblemHttpResult>> Entries(
        Guid id,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        if (!Paging.TryRead(cursor, out var before))
        {
            return Paging.BadCursor();
        }

        await using var session = store.QuerySession(caller.Tenant);
        var query = session.Query<MessageView>().Where(view => view.ConversationId == id);
        query = before is { } position ? query.Where(view => view.Position < position) : query;
        var size = Paging.Size(limit);
        var views = await query
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        await Lag.Tell(http, store, Views.Name, cancellation);
        return TypedResults.Ok(Paging.Of(views, size, view => view.Position, MessageAnswer.Of));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Mark(
        Guid id,
        ReadMark body,
        Caller caller,
        IDocumentStore store,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<ConversationView>(id, cancellation) is not { } view)
        {
            return new ConversationIsUnknown().ToProblem();
        }

        var upTo = body.UpTo ?? view.LastPosition;
        await bus.InvokeForTenantAsync(
            caller.Tenant,
            new ReadConversation(id, upTo, caller.Origin),
            cancellation
        );
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<AcceptedMessage>, ProblemHttpResult>> Answer(
        Guid id,
        Reply body,
        Caller caller,
        HttpContext http,
        Orders orders,
        IValidator<SendMessage> validator,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<ConversationView>(id, cancellation) is not { } view)
        {
            return new ConversationIsUnknown().ToProblem();
        }

        var command = new SendMessage(
            view.Remote,
            body.Text,
            From: view.Line,
            DeliveryReport: body.DeliveryReport
        );
        var result = await validator.ValidateAsync(command, cancellation);
        return result.IsValid ? await orders.Place(command, caller, http) : result.ToProblem();
    }

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

    private static ConversationAnswer Show(ConversationView view, Dictionary<Guid, MessageView> last) =>
        new(
            view.Id,
            view.Line,
            view.Remote,
            view.Unread,
            Instant.FromUnixTimeMilliseconds(view.LastAt),
            last.TryGetValue(view.LastMessageId, out var message) ? MessageAnswer.Of(message) : null
        );
}
