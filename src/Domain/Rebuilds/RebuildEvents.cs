using NodaTime;

namespace Gateway.Domain.Rebuilds;

/// <summary>A fact about building views anew.</summary>
public abstract record RebuildEvent(Instant At);

/// <summary>Somebody wanted views built anew, beside those that are in use.</summary>
public sealed record RebuildRequested(IReadOnlyList<string> Views, Instant At) : RebuildEvent(At);

/// <summary>They were built, compared with those in use at the same position, and took their place.</summary>
/// <param name="DurationMs">From the beginning to the change of places, in milliseconds.</param>
public sealed record RebuildFinished(IReadOnlyList<RebuiltView> Views, long DurationMs, Instant At)
    : RebuildEvent(At);

/// <summary>It ended without an outcome; the views in use were not touched.</summary>
public sealed record RebuildFailed(string Reason, Instant At) : RebuildEvent(At);

/// <summary>Somebody stopped it; the views in use were not touched.</summary>
public sealed record RebuildCancelled(Instant At) : RebuildEvent(At);

/// <summary>What came of one view.</summary>
/// <param name="Position">Up to which both had read when they were compared.</param>
/// <param name="Rows">Of the new one.</param>
/// <param name="Digest">SHA-256 over the content of the new one, in hexadecimal.</param>
/// <param name="Differences">Rows that were not the same, or only in one of the two.</param>
/// <param name="Examples">Of those, the first few: tenant and id.</param>
public sealed record RebuiltView(
    string View,
    long Position,
    long Rows,
    string Digest,
    long Differences,
    IReadOnlyList<string> Examples
);
