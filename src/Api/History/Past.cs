using Gateway.Application;
using Gateway.Domain;
using JasperFx.Events;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>From which point of view something is read, by two clocks that may be combined.</summary>
/// <param name="AsOf">
/// By when we learned it: an instant, a position, or <c>before:</c> and the id of a fact. What was recorded later is left
/// out, so the answer never changes.
/// </param>
/// <param name="HappenedBy">By when it happened: an instant. What is known by now of the time until then.</param>
public sealed record Moment(string? AsOf, string? HappenedBy);

/// <summary>The part of the history that counts.</summary>
/// <param name="Position">Nothing behind it.</param>
/// <param name="HappenedBy">Nothing that happened later; null for whatever happened.</param>
public sealed record Past(long Position, Instant? HappenedBy)
{
    /// <summary>All that is known now.</summary>
    public static readonly Past Now = new(long.MaxValue, null);

    /// <summary>In the form in which facts are stored, whose order as text is that of time.</summary>
    public string? HappenedByText => HappenedBy is { } at ? StoredJson.Write(at) : null;

    /// <summary>Whether a fact counts.</summary>
    public bool Has(IEvent e) =>
        e.Sequence <= Position
        && (
            HappenedBy is null
            || (HappenedAt.Of(e.Data) ?? Instant.FromDateTimeOffset(e.Timestamp)) <= HappenedBy
        );
}

public sealed record FactIsUnknown()
    : Rejection("fact-is-unknown", RejectionKind.Missing, "There is no fact with this id.");

public sealed record MomentIsTooEarly(Instant First)
    : Rejection(
        "moment-is-too-early",
        RejectionKind.Missing,
        $"Nothing was known of it at that moment; its first fact was recorded at {StoredJson.Write(First)}."
    );

public sealed record MomentIsNotSettled()
    : Rejection(
        "moment-is-not-settled",
        RejectionKind.Conflict,
        "A transaction that began by then is still open, so facts of that time may still come. Ask again in a moment."
    );
