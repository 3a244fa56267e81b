using System.Text.Json;
using Gateway.Domain.Messages;
using Gateway.Projections.Messages;
using NodaTime;

namespace Gateway.Api.Messages;

/// <summary>One message, as it stands.</summary>
/// <param name="Direction"><c>outbound</c> or <c>inbound</c>.</param>
/// <param name="Status">Such as <c>queued</c>, <c>delivered</c>, <c>in_doubt</c>; <c>received</c> for an inbound text.</param>
/// <param name="Markers">What else is true: <c>replied</c>, <c>late</c>, <c>disputed</c>, <c>partial</c>.</param>
/// <param name="From">Our line for an outbound message, null until one is chosen; the sender of an inbound one.</param>
/// <param name="Version">How many facts it rests on.</param>
/// <param name="Answers">For an inbound text, the message of ours that it answers.</param>
public sealed record MessageAnswer(
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
    Instant QueuedAt,
    Instant? SendAt,
    Instant LastAt,
    long Version,
    Guid? Answers
)
{
    /// <summary>From the view.</summary>
    public static MessageAnswer Of(MessageView v)
    {
        var isInbound = v.Direction == "inbound";
        return new(
            v.Id,
            v.Direction,
            v.Status,
            v.Markers,
            isInbound ? v.Remote : v.Line,
            isInbound ? v.Line ?? "" : v.Remote,
            v.Text,
            v.Segments,
            v.ConversationId,
            v.DeviceId,
            v.Attempts,
            v.Tags,
            v.Metadata is null ? null : JsonSerializer.Deserialize<JsonElement>(v.Metadata),
            Instant.FromUnixTimeMilliseconds(v.QueuedAt),
            v.SendAt is { } at ? Instant.FromUnixTimeMilliseconds(at) : null,
            Instant.FromUnixTimeMilliseconds(v.LastAt),
            v.Version,
            v.Answers
        );
    }
}
