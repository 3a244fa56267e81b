using Gateway.Domain;
using Gateway.Domain.Messages;
using NodaTime;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Persistence.EventSourcing;

namespace Gateway.Application.Messages;

/// <summary>Say what became of a text in doubt, or have it sent once more.</summary>
/// <param name="Note">Why; kept with the fact for good.</param>
public sealed record ResolveDoubt(Guid MessageId, DoubtDecision Verdict, string? Note);

public static class ResolveDoubtHandler
{
    public static (Decision, Events, OutgoingMessages) Handle(
        ResolveDoubt command,
        [WriteModel] Message? message,
        IClock clock
    )
    {
        var decision = Message.Resolve(message, command.Verdict, command.Note, clock.GetCurrentInstant());
        var after = decision.Events.Aggregate(
            message,
            (state, fact) => Message.Evolve(state, command.MessageId, fact)
        );
        OutgoingMessages route =
            decision.IsChange && after is { Status: MessageStatus.Queued, Order: { } order }
                ? [new RouteMessages([WaitingMessage.Of(command.MessageId, order)])]
                : [];
        return (decision, [.. decision.Events], route);
    }
}
