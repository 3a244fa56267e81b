namespace Gateway.Domain.Audit;

public sealed record ExportIsUnknown()
    : Rejection("export-is-unknown", RejectionKind.Missing, "There is no export with this id.");

public sealed record ExportIsNotDone()
    : Rejection("export-is-not-done", RejectionKind.Conflict, "The export is still being written.");

public sealed record ExportIsGone(ExportStatus Status)
    : Rejection(
        "export-is-gone",
        RejectionKind.Missing,
        Status switch
        {
            ExportStatus.Failed => "The export failed, so there is no file.",
            ExportStatus.Cancelled => "The export was cancelled, so there is no file.",
            ExportStatus.Removed => "Somebody removed the file of this export.",
            ExportStatus.Expired => "The file of this export was kept long enough and is gone.",
            _ => "The file of this export is no longer in the gateway's folder.",
        }
    );

public sealed record TooManyExports(int Most)
    : Rejection(
        "too-many-exports",
        RejectionKind.Conflict,
        $"At most {Most} exports may wait or be written at a time."
    );
