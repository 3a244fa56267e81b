using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>A fact about one MO message. Stored for good: add fields, never rename or remove them.</summary>
/// <param name="ConversationId">The thread it belongs to; views group by it.</param>
public abstract record InboundMessageEvent(Guid ConversationId, Instant At);

/// <summary>A text came in and is safe. Always the first event.</summary>
/// <param name="Key">The device's own identity for it, so that a second upload is the same message.</param>
/// <param name="From">The remote party: E.164, a short code, or an alphanumeric name.</param>
/// <param name="FromType"><c>international</c>, <c>national</c>, <c>unknown</c> or <c>alphanumeric</c>.</param>
/// <param name="Line">Our number behind the SIM, or the SIM's stable name.</param>
/// <param name="Text">Empty when it could not be decoded; then <paramref name="Raw"/> holds what came.</param>
/// <param name="Segments">How many segments it came in; with <paramref name="Partial"/>, how many arrived.</param>
/// <param name="SentAt">By the service centre's clock; null when it gave nonsense.</param>
/// <param name="Raw">The PDUs in hexadecimal, kept when the text may not be the whole truth.</param>
/// <param name="At">By the device's clock.</param>
public sealed record InboundMessageReceived(
    Guid ConversationId,
    Guid DeviceId,
    string Sim,
    string Line,
    string From,
    string FromType,
    string Text,
    int Segments,
    bool Partial,
    string Key,
    Instant? SentAt,
    string? Raw,
    Instant At
) : InboundMessageEvent(ConversationId, At);

/// <summary>Which message of ours it answers, and how we know.</summary>
/// <param name="Rule"><c>latest_in_conversation</c>.</param>
public sealed record InboundMessageMatched(Guid ConversationId, Guid MessageId, string Rule, Instant At)
    : InboundMessageEvent(ConversationId, At);
