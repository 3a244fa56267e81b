using NodaTime;

namespace Gateway.Domain.Rebuilds;

/// <summary>A fact about a reader of the log: what keeps views up, or tells webhooks.</summary>
public abstract record ReaderEvent(string Reader, Instant At);

/// <summary>Somebody stopped it; it goes on from where it was.</summary>
public sealed record ReaderPaused(string Reader, string Reason, Instant At) : ReaderEvent(Reader, At);

/// <summary>Somebody let it go on.</summary>
public sealed record ReaderResumed(string Reader, Instant At) : ReaderEvent(Reader, At);

/// <summary>An event that could not be taken in is left out for good, because somebody decided so.</summary>
/// <param name="Reader">What stumbled over it, such as <c>Messages</c>.</param>
/// <param name="Position">Of the event.</param>
/// <param name="Reason">Of whoever decided.</param>
public sealed record EventSkipped(string Reader, long Position, string Reason, Instant At)
    : ReaderEvent(Reader, At);
