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
            .MapPost("{id:guid}/read", Mark)
            .Needs(Scopes.ReadMessages)
            .WithSummary("Mark it as read");
        conversations
            .MapPost("{id:guid}/messages", Answer)
            .Needs(Scopes.SendMessages)
            .WithSummary("Answer by the same line");
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
}
