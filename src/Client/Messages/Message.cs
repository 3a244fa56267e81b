using System.Text.Json;

namespace Gateway.Client.Messages;

/// <summary>One message, sent or received, as it stands.</summary>
/// <param name="Direction"><c>outbound</c> or <c>inbound</c>.</param>
/// <param name="Status">One of <see cref="MessageStatus"/>; a newer gateway may know more.</param>
/// <param name="Markers">What else is true: <c>replied</c>, <c>late</c>, <c>disputed</c>, <c>partial</c>.</param>
/// <param name="From">The line of an outbound message, null until one is chosen; the sender of an inbound one.</param>
/// <param name="Metadata">What the sender gave, as it was given.</param>
/// <param name="Version">How many facts it rests on.</param>
/// <param name="Answers">For an inbound text, the message that it answers.</param>
public sealed record Message(
    Guid Id,
    string Direction,
    string Status,
    IReadOnlyList<string> Markers,
    string? From,
    string To,
    string Text,
    int Segments,
    Guid? ConversationId,
    Guid? DeviceId,
    int Attempts,
    IReadOnlyList<string> Tags,
    JsonElement? Metadata,
    DateTimeOffset QueuedAt,
    DateTimeOffset? SendAt,
    DateTimeOffset LastAt,
    long Version,
    Guid? Answers
);

/// <summary>The words for where a message stands.</summary>
public static class MessageStatus
{
    public const string Queued = "queued";
    public const string Scheduled = "scheduled";
    public const string Held = "held";
    public const string Dispatched = "dispatched";
    public const string Sending = "sending";

    /// <summary>The network accepted every segment.</summary>
    public const string Sent = "sent";

    /// <summary>Every segment has its positive report.</summary>
    public const string Delivered = "delivered";

    /// <summary>The network gave up on it.</summary>
    public const string Undelivered = "undelivered";

    /// <summary>Refused by radio or network, or no try ever left.</summary>
    public const string Failed = "failed";

    /// <summary>Nobody knows whether it left; never sent again by itself.</summary>
    public const string InDoubt = "in_doubt";

    /// <summary>Its validity passed unsent.</summary>
    public const string Expired = "expired";

    public const string Cancelled = "cancelled";

    /// <summary>An inbound text.</summary>
    public const string Received = "received";

    /// <summary>Every status, in the order of a life.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Scheduled,
        Queued,
        Held,
        Dispatched,
        Sending,
        Sent,
        Delivered,
        Undelivered,
        Failed,
        InDoubt,
        Expired,
        Cancelled,
        Received,
    ];

    /// <summary>Whether nothing more is to come, as a rule; a late or contradicting fact may still change it.</summary>
    public static bool IsFinal(string status) =>
        status is Delivered or Undelivered or Failed or InDoubt or Expired or Cancelled or Received;
}

/// <summary>What a list of messages is narrowed by; all that is given must hold.</summary>
public sealed record MessageFilter
{
    /// <summary>One of <see cref="MessageStatus"/>, or <c>replied</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Either side, E.164.</summary>
    public string? Number { get; init; }

    public Guid? Device { get; init; }

    public string? Tag { get; init; }

    /// <summary><c>outbound</c> or <c>inbound</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Accepted or received at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Accepted or received before.</summary>
    public DateTimeOffset? Until { get; init; }
}
