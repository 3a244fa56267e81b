using Gateway.Domain.Messages;
using JasperFx.Events;
using Marten.Events.Projections;

namespace Gateway.Application.Conversations;

/// <summary>
/// The last of a conversation that decisions ask for: which line the remote party knows, which message it may be
/// answering. It may trail the streams by moments; who needs it to be current waits for its progress.
/// </summary>
/// <param name="LastClaimed">The newest message of ours that may have left; null before the first.</param>
/// <param name="LastSequence">Position in the store of the newest event of the conversation.</param>
public sealed record KnownThread(Guid Id, string Line, string Remote, Guid? LastClaimed, long LastSequence);

/// <summary>Keeps <see cref="KnownThread"/>.</summary>
public sealed class KnownThreadProjection : MultiStreamProjection<KnownThread, Guid>
{
    public KnownThreadProjection()
    {
        Name = "KnownThread";
        Identity<MessageDispatched>(e => e.ConversationId);
        Identity<MessageClaimed>(e => e.ConversationId);
        Identity<InboundMessageReceived>(e => e.ConversationId);
    }

    /// <summary>The conversation that a fact belongs to; null for none.</summary>
    public static Guid? IdOf(object fact) =>
        fact switch
        {
            MessageDispatched e => e.ConversationId,
            MessageClaimed e => e.ConversationId,
            InboundMessageReceived e => e.ConversationId,
            _ => null,
        };

    public override KnownThread? Evolve(KnownThread? thread, Guid id, IEvent e) =>
        (thread, e.Data) switch
        {
            (_, MessageDispatched d) => new(id, d.Line, d.To.Value, thread?.LastClaimed, e.Sequence),
            ({ } t, MessageClaimed) => t with { LastClaimed = e.StreamId, LastSequence = e.Sequence },
            (_, InboundMessageReceived i) => new(id, i.Line, i.From, thread?.LastClaimed, e.Sequence),
            _ => thread,
        };
}
