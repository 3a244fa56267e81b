using Gateway.Domain.Conversations;
using Gateway.Domain.Messages;
using JasperFx.Events;
using Marten.Events.Projections;

namespace Gateway.Projections.Conversations;

/// <summary>One thread between a line of ours and a remote party; its entries are the messages themselves.</summary>
/// <param name="LastMessageId">The newest entry, either direction.</param>
/// <param name="LastPosition">Of the event that brought the newest entry.</param>
/// <param name="LastAt">Unix milliseconds.</param>
/// <param name="Unread">Inbound texts after <paramref name="ReadUpTo"/>.</param>
/// <param name="ReadUpTo">Position up to which somebody has seen it.</param>
public sealed record ConversationView(
    Guid Id,
    string Line,
    string Remote,
    Guid LastMessageId,
    string LastDirection,
    long LastPosition,
    long LastAt,
    IReadOnlyList<long> UnreadPositions,
    int Unread,
    long ReadUpTo
);

/// <summary>Keeps <see cref="ConversationView"/>.</summary>
public sealed class ConversationProjection : MultiStreamProjection<ConversationView, Guid>
{
    /// <summary>So many unread positions are remembered; beyond, only their number.</summary>
    private const int MostUnreadPositions = 200;

    public ConversationProjection()
    {
        Name = "Conversations";
        Identity<MessageDispatched>(e => e.ConversationId);
        Identity<InboundMessageReceived>(e => e.ConversationId);
        Identity<ConversationRead>(e => e.ConversationId);
    }

    /// <summary>The conversation that a fact belongs to; null for none.</summary>
    public static Guid? IdOf(object fact) =>
        fact switch
        {
            MessageDispatched e => e.ConversationId,
            InboundMessageReceived e => e.ConversationId,
            ConversationRead e => e.ConversationId,
            _ => null,
        };

    public override ConversationView? Evolve(ConversationView? view, Guid id, IEvent e) =>
        (view, e.Data) switch
        {
            (_, MessageDispatched d) => Last(
                view ?? New(id, d.Line, d.To.Value),
                e,
                "outbound",
                d.At.ToUnixTimeMilliseconds()
            ),
            (_, InboundMessageReceived i) => Arrived(
                Last(view ?? New(id, i.Line, i.From), e, "inbound", i.At.ToUnixTimeMilliseconds()),
                e.Sequence
            ),
            ({ } v, ConversationRead read) => Read(v, read.UpTo),
            _ => view,
        };

    private static ConversationView New(Guid id, string line, string remote) =>
        new(id, line, remote, Guid.Empty, "", 0, 0, [], 0, 0);

    private static ConversationView Last(ConversationView view, IEvent e, string direction, long at) =>
        view with
        {
            LastMessageId = e.StreamId,
            LastDirection = direction,
            LastPosition = e.Sequence,
            LastAt = at,
        };

    private static ConversationView Arrived(ConversationView view, long position) =>
        view with
        {
            Unread = view.Unread + 1,
            UnreadPositions = [.. view.UnreadPositions.TakeLast(MostUnreadPositions - 1), position],
        };

    private static ConversationView Read(ConversationView view, long upTo)
    {
        if (upTo <= view.ReadUpTo)
        {
            return view;
        }

        var left = view.UnreadPositions.Where(position => position > upTo).ToList();
        return view with { UnreadPositions = left, Unread = left.Count, ReadUpTo = upTo };
    }
}
