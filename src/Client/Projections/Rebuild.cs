namespace Gateway.Client.Projections;

/// <summary>Views built anew beside those in use, compared with them, and put in their place.</summary>
/// <param name="Status"><c>running</c>, <c>finished</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Progress">While it runs; null when another node runs it, or before it begins.</param>
/// <param name="Results">What came of each view; empty before it is finished.</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
public sealed record Rebuild(
    Guid Id,
    IReadOnlyList<string> Views,
    string Status,
    RebuildProgress? Progress,
    IReadOnlyList<RebuiltView> Results,
    string? Reason,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt
)
{
    public const string Running = "running";
    public const string Finished = "finished";
}

/// <summary>How far a rebuild has come.</summary>
/// <param name="Phase"><c>building</c>, <c>comparing</c> or <c>replacing</c>.</param>
/// <param name="Position">Up to which events have been taken in.</param>
/// <param name="Goal">Where those in use are.</param>
/// <param name="EventsPerSecond">Since it began.</param>
/// <param name="SecondsLeft">Of building, at that rate; null before anything is known.</param>
public sealed record RebuildProgress(
    string Phase,
    long Position,
    long Goal,
    long EventsPerSecond,
    long? SecondsLeft
);

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

/// <summary>Which views shall be built anew; all when none is named.</summary>
internal sealed record NewRebuild(IReadOnlyList<string> Views);
