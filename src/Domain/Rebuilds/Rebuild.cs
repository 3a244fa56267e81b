using NodaTime;

namespace Gateway.Domain.Rebuilds;

/// <summary>One rebuild of views.</summary>
/// <param name="Status"><c>running</c>, <c>finished</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
public sealed record Rebuild(
    Guid Id,
    IReadOnlyList<string> Views,
    string Status,
    IReadOnlyList<RebuiltView> Results,
    string? Reason,
    Instant RequestedAt,
    Instant? EndedAt
)
{
    public const string Running = "running";

    /// <summary>Folds one event into the state.</summary>
    public static Rebuild? Evolve(Rebuild? rebuild, Guid id, object @event) =>
        (rebuild, @event) switch
        {
            (null, RebuildRequested e) => new(id, e.Views, Running, [], null, e.At, null),
            ({ } r, RebuildFinished e) => r with { Status = "finished", Results = e.Views, EndedAt = e.At },
            ({ } r, RebuildFailed e) => r with { Status = "failed", Reason = e.Reason, EndedAt = e.At },
            ({ } r, RebuildCancelled e) => r with { Status = "cancelled", EndedAt = e.At },
            _ => rebuild,
        };

    /// <summary>Begins one; not while another runs, and not of views that don't exist.</summary>
    /// <param name="wanted">Names of views; none stands for all.</param>
    /// <param name="running">The rebuild that runs; null for none.</param>
    public static Decision Request(
        Rebuild? running,
        IReadOnlyList<string> wanted,
        IReadOnlyList<string> known,
        Instant at
    ) =>
        wanted.Except(known).FirstOrDefault() is { } unknown ? new ViewIsUnknown(unknown, known)
        : running is { Status: Running } ? new RebuildIsRunning(running.Id)
        : Decision.Record(new RebuildRequested(wanted.Count == 0 ? known : [.. known.Intersect(wanted)], at));

    /// <summary>Ends it with what came of it; only once.</summary>
    public static Decision End(Rebuild? rebuild, RebuildEvent end) =>
        rebuild switch
        {
            null => new RebuildIsUnknown(),
            { Status: Running } => Decision.Record(end),
            _ => Decision.Nothing,
        };
}

/// <summary>There is no such view.</summary>
public sealed record ViewIsUnknown(string View, IReadOnlyList<string> Known)
    : Rejection(
        "view-is-unknown",
        RejectionKind.Missing,
        $"No view is called {View}; there are {string.Join(", ", Known)}."
    );

/// <summary>One at a time.</summary>
public sealed record RebuildIsRunning(Guid Id)
    : Rejection(
        "rebuild-is-running",
        RejectionKind.Conflict,
        $"Rebuild {Id} runs; wait for it, or cancel it."
    );

/// <summary>There is no such rebuild.</summary>
public sealed record RebuildIsUnknown()
    : Rejection("rebuild-is-unknown", RejectionKind.Missing, "There is no rebuild with this id.");
