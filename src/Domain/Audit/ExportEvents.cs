using NodaTime;

namespace Gateway.Domain.Audit;

/// <summary>A fact in the life of one export of the log; who brought it about, stands on the event as its actor.</summary>
/// <param name="At">By the gateway's clock.</param>
public abstract record ExportEvent(Instant At);

/// <summary>Somebody asked for a part of the log as a file. Always the first fact.</summary>
/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
/// <param name="Types">Of facts; empty for all.</param>
/// <param name="Actor">Only facts that it caused; null for all.</param>
/// <param name="Stream">Only facts of this stream; null for all.</param>
/// <param name="Correlation">Only facts of this correlation; null for all.</param>
/// <param name="Number">Only what concerns this number; null for all.</param>
/// <param name="Device">Only what concerns this device; null for all.</param>
/// <param name="Since">Recorded at or after, as it was asked; null for no such bound.</param>
/// <param name="Until">Recorded before, as it was asked; null for no such bound.</param>
/// <param name="After">The position behind which it begins; 0 for the beginning of the log.</param>
/// <param name="UpTo">The last position of it.</param>
public sealed record ExportRequested(
    string Format,
    IReadOnlyList<string> Types,
    string? Actor,
    Guid? Stream,
    string? Correlation,
    string? Number,
    Guid? Device,
    Instant? Since,
    Instant? Until,
    long After,
    long UpTo,
    Instant At
) : ExportEvent(At);

/// <summary>The file is whole and on the disk.</summary>
/// <param name="Facts">How many it has.</param>
/// <param name="Types">How many of each type, in the order of their names.</param>
/// <param name="First">The first of them; null for none.</param>
/// <param name="Last">The last of them; null for none.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="Product">What wrote it, with its version.</param>
public sealed record ExportFinished(
    long Facts,
    IReadOnlyList<ExportedType> Types,
    ExportedFact? First,
    ExportedFact? Last,
    long Bytes,
    string Sha256,
    string Product,
    Instant At
) : ExportEvent(At);

/// <summary>How many facts of a type an export has.</summary>
public sealed record ExportedType(string Type, long Facts);

/// <summary>Where a fact stands in the log.</summary>
/// <param name="RecordedAt">By the database's clock.</param>
public sealed record ExportedFact(long Position, Instant RecordedAt);

/// <summary>The file could not be written; nothing of it is left.</summary>
/// <param name="Reason"><c>disk_is_full</c>, <c>folder_is_not_writable</c> or <c>gateway_is_broken</c>.</param>
public sealed record ExportFailed(string Reason, Instant At) : ExportEvent(At);

/// <summary>Somebody called it off while it was being written.</summary>
public sealed record ExportCancelled(Instant At) : ExportEvent(At);

/// <summary>Somebody took the file away.</summary>
public sealed record ExportRemoved(Instant At) : ExportEvent(At);

/// <summary>The file had been kept for as long as the gateway keeps them, and was taken away.</summary>
public sealed record ExportExpired(Instant At) : ExportEvent(At);
