using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>One MO message.</summary>
/// <param name="Matched">The message of ours that it answers; null while none is known.</param>
public sealed record InboundMessage(Guid Id, InboundMessageReceived Received, Guid? Matched)
{
    /// <summary>The id of what a device uploaded under this key: a second upload finds the first.</summary>
    public static Guid IdOf(Guid deviceId, string key) => DerivedId.Of("inbound", deviceId.ToString(), key);

    /// <summary>Folds one event into the state.</summary>
    public static InboundMessage? Evolve(InboundMessage? message, Guid id, object @event) =>
        (message, @event) switch
        {
            (null, InboundMessageReceived e) => new InboundMessage(id, e, null),
            ({ } m, InboundMessageMatched e) => m with { Matched = m.Matched ?? e.MessageId },
            _ => message,
        };

    /// <summary>Takes it in; the same text uploaded twice is one message.</summary>
    public static Decision Receive(InboundMessage? message, InboundMessageReceived received) =>
        message is null ? Decision.Record(received) : Decision.Nothing;

    /// <summary>Notes what it answers; the first match stands.</summary>
    public static Decision Match(InboundMessage? message, Guid messageId, string rule, Instant at) =>
        message is { Matched: null }
            ? Decision.Record(new InboundMessageMatched(message.Received.ConversationId, messageId, rule, at))
            : Decision.Nothing;
}
