using Gateway.Application.Conversations;
using Gateway.Domain.Messages;
using Marten;
using NodaTime;

namespace Gateway.Application.Messages;

/// <summary>Find out which message of ours an inbound text answers.</summary>
public sealed record MatchReply(Guid InboundId, Guid ConversationId);

/// <summary>The conversation's view has not reached the inbound text yet; tried again shortly.</summary>
public sealed class ThreadTrailsException() : Exception("The conversation trails the inbound text.");

/// <summary>It answers the newest message of ours in its conversation that may have left.</summary>
public static class MatchReplyHandler
{
    private const string Rule = "latest_in_conversation";
    private static readonly Origin Matcher = Origin.System("matcher");

    public static async Task Handle(
        MatchReply command,
        IDocumentSession session,
        RecentStreams<Message> recent,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var thread = await session.LoadAsync<KnownThread>(command.ConversationId, cancellation);
        var arrival = await session.Events.FetchStreamAsync(
            command.InboundId,
            version: 1,
            token: cancellation
        );
        if (thread is null || thread.LastSequence < arrival[0].Sequence)
        {
            throw new ThreadTrailsException();
        }

        if (thread.LastClaimed is not { } messageId)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var messages = new StreamSet<Message>(session, Message.Evolve, recent);
        var inbound = new StreamSet<InboundMessage>(session, InboundMessage.Evolve);
        await messages.LoadFresh([messageId], cancellation);
        await inbound.Load([command.InboundId], cancellation);

        inbound.Decide(command.InboundId, Matcher, m => InboundMessage.Match(m, messageId, Rule, now));
        messages.Decide(
            messageId,
            Matcher,
            m => Message.Reply(m, command.InboundId, command.ConversationId, now)
        );
        inbound.Append();
        messages.Append();
    }
}
