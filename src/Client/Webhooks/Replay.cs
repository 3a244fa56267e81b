using Gateway.Client.History;

namespace Gateway.Client.Webhooks;

/// <summary>Which part of the log shall be told to a webhook again.</summary>
/// <param name="From">Begins behind this; position 0 is the beginning of the log.</param>
public sealed record ReplayOrder(Moment From)
{
    /// <summary>Ends with this; null for now.</summary>
    public Moment? To { get; init; }

    /// <summary>Such as <c>message.sent</c> or <c>message.*</c>; null for all that the webhook asked for.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Only what concerns it; E.164.</summary>
    public string? Number { get; init; }

    /// <summary>Only what it did, what was done to it, and what it was given to do.</summary>
    public Guid? Device { get; init; }

    /// <summary>Only of this message, device …</summary>
    public Guid? Stream { get; init; }

    /// <summary>So many calls at most, 1 to 100; null for 10.</summary>
    public int? RatePerSecond { get; init; }
}

/// <summary>What a replay would tell.</summary>
/// <param name="After">Begins behind this position.</param>
/// <param name="UpTo">Ends with this one.</param>
/// <param name="Events">The types that are told.</param>
/// <param name="SecondsAtLeast">What it takes at this rate.</param>
public sealed record ReplayCount(
    long Count,
    long After,
    long UpTo,
    IReadOnlyList<string> Events,
    int RatePerSecond,
    long SecondsAtLeast
);

/// <summary>A part of the log that is told to a webhook again; its numbers are at most some seconds old.</summary>
/// <param name="Status"><c>running</c>, <c>paused</c>, <c>stopped</c> or <c>finished</c>.</param>
/// <param name="Reason">Why it is paused or was stopped; null otherwise.</param>
/// <param name="Failure">The call that paused it; null otherwise.</param>
/// <param name="Total">Facts in the range that match.</param>
/// <param name="Sent">Of these, the ones that the receiver took.</param>
/// <param name="Failed">Calls that failed, whatever came of the next.</param>
/// <param name="Position">Up to which everything was told.</param>
/// <param name="Pace">Facts per second lately; null while that isn't known.</param>
/// <param name="SecondsLeft">At that pace; null while it doesn't move.</param>
public sealed record Replay(
    Guid Id,
    Guid WebhookId,
    string Status,
    string? Reason,
    FailedCall? Failure,
    long After,
    long UpTo,
    IReadOnlyList<string> Events,
    string? Number,
    Guid? Device,
    Guid? Stream,
    int RatePerSecond,
    long Total,
    long Sent,
    long Failed,
    long Remaining,
    long Position,
    double? Pace,
    long? SecondsLeft,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt
)
{
    public const string Running = "running";
    public const string Finished = "finished";

    /// <summary>Nothing more is told.</summary>
    public bool IsOver => EndedAt is not null;
}

/// <summary>A call of a replay that failed.</summary>
/// <param name="Position">Of the fact in the log.</param>
/// <param name="StatusCode">Null when no answer came; then <paramref name="Error"/> says why.</param>
public sealed record FailedCall(Guid EventId, long Position, int? StatusCode, string? Error);

/// <summary>A <see cref="ReplayOrder"/> as it is sent.</summary>
internal sealed record NewReplay(
    string From,
    string? To,
    IReadOnlyList<string>? Events,
    string? Number,
    Guid? Device,
    Guid? Stream,
    int? RatePerSecond
)
{
    public static NewReplay Of(ReplayOrder order) =>
        new(
            order.From.ToString(),
            order.To?.ToString(),
            order.Events,
            order.Number,
            order.Device,
            order.Stream,
            order.RatePerSecond
        );
}
