using JasperFx.Events;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>One stored fact with everything that is known about it.</summary>
/// <param name="Position">In the whole store; later facts have higher ones.</param>
/// <param name="Version">In its stream, from 1.</param>
/// <param name="Type">The stored name, such as <c>message_delivered</c>.</param>
/// <param name="Actor">Who caused it, opaque: <c>key:…</c>, <c>device:…</c>, <c>system:…</c>.</param>
/// <param name="At">When it happened, by the clock that the fact names; null for a fact without one.</param>
/// <param name="RecordedAt">When the store wrote it, by the database's clock.</param>
public sealed record Fact(
    Guid Id,
    long Position,
    Guid Stream,
    long Version,
    string Type,
    string? Actor,
    string? Correlation,
    string? Causation,
    Instant? At,
    Instant RecordedAt,
    object Data
)
{
    public static Fact Of(IEvent e) =>
        new(
            e.Id,
            e.Sequence,
            e.StreamId,
            e.Version,
            e.EventTypeName,
            e.UserName,
            e.CorrelationId,
            e.CausationId,
            HappenedAt.Of(e.Data),
            Instant.FromDateTimeOffset(e.Timestamp),
            e.Data
        );
}
