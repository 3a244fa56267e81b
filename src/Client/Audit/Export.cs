using Gateway.Client.History;

namespace Gateway.Client.Audit;

/// <summary>A part of the log as a file, and what has become of it.</summary>
/// <param name="Status"><c>running</c>, <c>done</c>, <c>failed</c>, <c>cancelled</c>, <c>removed</c> or <c>expired</c>.</param>
/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
/// <param name="After">The position behind which it begins.</param>
/// <param name="UpTo">The last position of it.</param>
/// <param name="EndedAt">When it was done, failed or was cancelled; null before.</param>
/// <param name="Error">Why it failed, in a sentence; null when it didn't.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal; null until it is done.</param>
public sealed record Export(
    Guid Id,
    string Status,
    string Format,
    FactFilter Filters,
    long After,
    long UpTo,
    DateTimeOffset AskedAt,
    string? AskedBy,
    DateTimeOffset? EndedAt,
    string? Error,
    ExportProgress Progress,
    string? Sha256
)
{
    public const string Running = "running";
    public const string Done = "done";
}

/// <summary>How far an export has come.</summary>
/// <param name="Position">Up to which the log was read.</param>
/// <param name="Bytes">Written so far.</param>
public sealed record ExportProgress(long Facts, long Position, long Bytes);

/// <summary>What a finished export has, for those who check it.</summary>
/// <param name="After">The position behind which it begins.</param>
/// <param name="UpTo">The last position of it; asked for with these two, the same comes out again.</param>
/// <param name="Types">How many facts of each type.</param>
/// <param name="First">The first of its facts; null for none.</param>
/// <param name="Last">The last of its facts; null for none.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="Product">What wrote it, with its version.</param>
public sealed record ExportManifest(
    Guid Id,
    string Format,
    FactFilter Filters,
    long After,
    long UpTo,
    long Facts,
    IReadOnlyDictionary<string, long> Types,
    ExportedFact? First,
    ExportedFact? Last,
    long Bytes,
    string Sha256,
    string Product,
    DateTimeOffset AskedAt,
    DateTimeOffset MadeAt
);

/// <summary>Where a fact stands in the log.</summary>
public sealed record ExportedFact(long Position, DateTimeOffset RecordedAt);

/// <summary>What is asked for.</summary>
internal sealed record NewExport(
    string Format,
    IReadOnlyList<string> Types,
    string? Actor,
    Guid? Stream,
    string? Correlation,
    string? Number,
    Guid? Device,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    long? After,
    long? UpTo
);
