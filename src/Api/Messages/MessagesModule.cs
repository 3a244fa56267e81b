using Carter;
using Gateway.Api.Setup;
using Gateway.Application.Messages;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wolverine;

namespace Gateway.Api.Messages;

public sealed class MessagesModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/v1/messages").WithTags("Messages");

        messages
            .MapPost("", Send)
            .Validates<SendMessage>()
            .Needs(Scopes.SendMessages)
            .Produces<AcceptedMessage>(StatusCodes.Status202Accepted)
            .Produces<DryRun>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Send one text")
            .WithDescription(
                "Answers after the order is durable. Send an Idempotency-Key to be able to ask again: the same key with the "
                    + "same body is the same message, with another body 422. With ?dryRun=true nothing is sent or stored."
            );
        messages
            .MapPost("{id:guid}/cancel", Cancel)
            .Needs(Scopes.SendMessages)
            .WithSummary("Stop a message that has not left");
        messages
            .MapPost("{id:guid}/resolve", Resolve)
            .Validates<DoubtAnswer>()
            .Needs(Scopes.SendMessages)
            .WithSummary("Settle the doubt about a message")
            .WithDescription(
                "As sent; as notSent, and it waits for a device again; or resend: it may have left, and goes out once more "
                    + "all the same. Who decided it and why stays with the message. Refused when there is no doubt."
            );
    }

    private static async Task<IResult> Send(
        SendMessage command,
        Caller caller,
        HttpContext http,
        Orders orders,
        DryRuns dryRuns,
        bool dryRun = false
    ) =>
        dryRun
            ? TypedResults.Ok(dryRuns.Of(caller.Tenant, command))
            : await orders.Place(command, caller, http);

    private static async Task<Results<NoContent, ProblemHttpResult>> Cancel(
        Guid id,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var decision = await caller.Invoke<Decision>(bus, new CancelMessage(id), cancellation);
        return decision.Rejection is { } rejection ? rejection.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Resolve(
        Guid id,
        DoubtAnswer answer,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var command = new ResolveDoubt(id, answer.ToDecision(), answer.Note);
        var decision = await caller.Invoke<Decision>(bus, command, cancellation);
        return decision.Rejection is { } rejection ? rejection.ToProblem() : TypedResults.NoContent();
    }
}

/// <summary>A text that the gateway took over; the same for every repetition of the request.</summary>
/// <param name="Status"><c>queued</c>, or <c>scheduled</c> when it has a time.</param>
public sealed record AcceptedMessage(
    Guid Id,
    string Status,
    string To,
    string Encoding,
    int Segments,
    Instant AcceptedAt,
    Instant? SendAt,
    Instant ExpiresAt
)
{
    public static AcceptedMessage Of(Guid id, MessageQueued queued) =>
        new(
            id,
            MessageWords.Of(queued.SendAt is null ? MessageStatus.Queued : MessageStatus.Scheduled),
            queued.To.Value,
            queued.Alphabet,
            queued.Segments,
            queued.At,
            queued.SendAt,
            queued.ExpiresAt
        );
}
