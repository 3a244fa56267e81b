using Gateway.Domain.Messages;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Projections.Messages;

/// <summary>One text, sent or received, for lists and conversations. Async: may trail its stream by moments.</summary>
/// <param name="Direction"><c>outbound</c> or <c>inbound</c>.</param>
/// <param name="Position">Of its first event in the store; lists are ordered by it.</param>
/// <param name="Version">Of its stream, as far as it is shown here.</param>
/// <param name="Line">Our number; null until one is chosen.</param>
/// <param name="Remote">The other side.</param>
/// <param name="Status">As in <see cref="MessageStatus"/>, in snake case; <c>received</c> for an inbound text.</param>
/// <param name="QueuedAt">Unix milliseconds: accepted by the gateway, or received by the device.</param>
/// <param name="LastAt">Unix milliseconds: when its newest fact happened.</param>
/// <param name="Attempts">How many devices were tried.</param>
/// <param name="Answers">For an inbound text, the message of ours that it answers.</param>
public sealed record MessageView(
    Guid Id,
    string Direction,
    long Position,
    long Version,
    Guid? ConversationId,
    string? Line,
    string Remote,
    string Text,
    string Status,
    IReadOnlyList<string> Markers,
    Guid? DeviceId,
    IReadOnlyList<string> Tags,
    string? Metadata,
    int Segments,
    int Attempts,
    long QueuedAt,
    long? SendAt,
    long LastAt,
    Guid? Answers,
    Message? State
);

/// <summary>Keeps <see cref="MessageView"/>.</summary>
public sealed class MessageProjection : SingleStreamProjection<MessageView, Guid>
{
    public MessageProjection()
    {
        Name = "Messages";
        IncludeType<MessageEvent>();
        IncludeType<InboundMessageEvent>();
    }

    public override MessageView? Evolve(MessageView? view, Guid id, IEvent e) =>
        (view, e.Data) switch
        {
            (null, InboundMessageReceived received) => Received(id, e, received),
            ({ } v, InboundMessageMatched matched) => v with
            {
                Answers = matched.MessageId,
                Version = e.Version,
            },
            (null, MessageQueued queued) => Changed(Queued(id, e, queued), id, e, queued),
            ({ } v, MessageDispatched d) => Changed(
                v with
                {
                    ConversationId = d.ConversationId,
                    Line = d.Line,
                    DeviceId = d.DeviceId,
                    Attempts = d.Fence,
                },
                id,
                e,
                d
            ),
            ({ } v, MessageEvent fact) => Changed(v, id, e, fact),
            _ => view,
        };

    private static MessageView Changed(MessageView view, Guid id, IEvent e, MessageEvent fact)
    {
        var state = Message.Evolve(view.State, id, fact)!;
        return view with
        {
            State = state.Status is MessageStatus.Scheduled ? state : state with { Order = null },
            Version = e.Version,
            Status = MessageWords.Of(state.Status),
            Markers = MessageWords.Of(state.Markers),
            LastAt = fact.At.ToUnixTimeMilliseconds(),
        };
    }

    private static MessageView Queued(Guid id, IEvent e, MessageQueued queued) =>
        new(
            id,
            "outbound",
            e.Sequence,
            e.Version,
            queued.ConversationId,
            queued.From?.Value,
            queued.To.Value,
            queued.Text,
            "",
            [],
            queued.DeviceId,
            queued.Tags,
            queued.Metadata,
            queued.Segments,
            0,
            queued.At.ToUnixTimeMilliseconds(),
            queued.SendAt?.ToUnixTimeMilliseconds(),
            queued.At.ToUnixTimeMilliseconds(),
            null,
            null
        );

    private static MessageView Received(Guid id, IEvent e, InboundMessageReceived received) =>
        new(
            id,
            "inbound",
            e.Sequence,
            e.Version,
            received.ConversationId,
            received.Line,
            received.From,
            received.Text,
            "received",
            received.Partial ? ["partial"] : [],
            received.DeviceId,
            [],
            null,
            received.Segments,
            0,
            received.At.ToUnixTimeMilliseconds(),
            null,
            received.At.ToUnixTimeMilliseconds(),
            null,
            null
        );
}
