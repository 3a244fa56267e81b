using NodaTime;

namespace Gateway.Domain.Audit;

/// <summary>What has become of an export.</summary>
public enum ExportStatus
{
    /// <summary>Waits for its turn, or is being written.</summary>
    Running,

    /// <summary>There is a file.</summary>
    Done,

    /// <summary>It could not be written.</summary>
    Failed,

    /// <summary>Somebody called it off.</summary>
    Cancelled,

    /// <summary>Somebody took its file away.</summary>
    Removed,

    /// <summary>Its file had been kept long enough.</summary>
    Expired,
}

/// <summary>A part of the log that somebody wanted as a file.</summary>
/// <param name="Result">Null until it is done; stays when the file is gone.</param>
/// <param name="Failure">Why it failed; null when it didn't.</param>
/// <param name="EndedAt">When it was done, failed or was cancelled; null before.</param>
public sealed record Export(
    Guid Id,
    ExportRequested Asked,
    ExportStatus Status,
    ExportFinished? Result,
    string? Failure,
    Instant? EndedAt
)
{
    /// <summary>Of one tenant, at a time.</summary>
    public const int MostRunning = 20;

    /// <summary>Folds one event into the state.</summary>
    public static Export? Evolve(Export? export, Guid id, object @event) =>
        (export, @event) switch
        {
            (null, ExportRequested e) => new(id, e, ExportStatus.Running, null, null, null),
            ({ } x, ExportFinished e) => x with { Status = ExportStatus.Done, Result = e, EndedAt = e.At },
            ({ } x, ExportFailed e) => x with
            {
                Status = ExportStatus.Failed,
                Failure = e.Reason,
                EndedAt = e.At,
            },
            ({ } x, ExportCancelled e) => x with { Status = ExportStatus.Cancelled, EndedAt = e.At },
            ({ } x, ExportRemoved) => x with { Status = ExportStatus.Removed },
            ({ } x, ExportExpired) => x with { Status = ExportStatus.Expired },
            _ => export,
        };

    /// <summary>Begins one; a tenant can't have too many at a time.</summary>
    /// <param name="running">How many of the tenant's wait or are being written.</param>
    public static Decision Request(Export? export, ExportRequested asked, int running) =>
        export is not null ? Decision.Nothing
        : running >= MostRunning ? new TooManyExports(MostRunning)
        : Decision.Record(asked);

    /// <summary>Its file is whole. One that was cancelled meanwhile stays so.</summary>
    public static Decision Finish(Export? export, ExportFinished finished) => WhileRunning(export, finished);

    /// <summary>Its file can't be written. One that was cancelled meanwhile stays so.</summary>
    public static Decision Fail(Export? export, string reason, Instant at) =>
        WhileRunning(export, new ExportFailed(reason, at));

    /// <summary>Calls it off while it is written, and takes its file away later.</summary>
    public static Decision Remove(Export? export, Instant at) =>
        export?.Status switch
        {
            null => new ExportIsUnknown(),
            ExportStatus.Running => Decision.Record(new ExportCancelled(at)),
            ExportStatus.Done => Decision.Record(new ExportRemoved(at)),
            _ => Decision.Nothing,
        };

    /// <summary>Takes its file away when it was kept long enough.</summary>
    public static Decision Expire(Export? export, Duration kept, Instant at) =>
        export is { Status: ExportStatus.Done, EndedAt: { } ended } && ended + kept <= at
            ? Decision.Record(new ExportExpired(at))
            : Decision.Nothing;

    /// <summary>Why its file can't be shown; null when it can.</summary>
    public static Rejection? WhyNoFile(Export? export) =>
        export?.Status switch
        {
            null => new ExportIsUnknown(),
            ExportStatus.Running => new ExportIsNotDone(),
            ExportStatus.Done => null,
            { } ended => new ExportIsGone(ended),
        };

    private static Decision WhileRunning(Export? export, ExportEvent ending) =>
        export switch
        {
            null => new ExportIsUnknown(),
            { Status: ExportStatus.Running } => Decision.Record(ending),
            _ => Decision.Nothing,
        };
}
