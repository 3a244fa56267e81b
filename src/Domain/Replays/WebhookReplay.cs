using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Domain.Replays;

/// <summary>One telling again of a part of the log to one webhook.</summary>
/// <param name="Status"><c>running</c>, <c>paused</c>, <c>stopped</c> or <c>finished</c>.</param>
/// <param name="Reason">Why it is paused or was stopped; null otherwise.</param>
/// <param name="Failure">What paused it; null otherwise.</param>
/// <param name="Position">Up to which everything was told.</param>
/// <param name="Sent">Facts that the receiver took.</param>
/// <param name="Failed">Calls that failed.</param>
/// <param name="Pace">Facts per second lately; null while that isn't known.</param>
/// <param name="MovedAt">Since when <paramref name="Pace"/> is measured anew.</param>
public sealed record WebhookReplay(
    Guid Id,
    WebhookReplayRequested Order,
    string Status,
    string? Reason,
    FailedCall? Failure,
    long Position,
    long Sent,
    long Failed,
    double? Pace,
    Instant MovedAt,
    Instant? EndedAt
)
{
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Stopped = "stopped";
    public const string Finished = "finished";

    /// <summary>The reason of what somebody wanted.</summary>
    public const string Asked = "asked";

    public const int UsualRate = 10;
    public const int HighestRate = 100;

    /// <summary>Nothing more is told.</summary>
    public bool IsOver => EndedAt is not null;

    /// <summary>Facts that are still to be told.</summary>
    public long Remaining => Math.Max(0, Order.Total - Sent);

    /// <summary>Folds one event into the state. What was under way when it was paused or stopped is counted afterwards.</summary>
    public static WebhookReplay? Evolve(WebhookReplay? replay, Guid id, object @event) =>
        (replay, @event) switch
        {
            (null, WebhookReplayRequested e) => new(
                id,
                e,
                Running,
                null,
                null,
                e.After,
                0,
                0,
                null,
                e.At,
                null
            ),
            ({ } r, WebhookReplayAdvanced e) => r with
            {
                Position = Math.Max(r.Position, e.Position),
                Sent = Math.Max(r.Sent, e.Sent),
                Failed = Math.Max(r.Failed, e.Failed),
                Pace = r.PaceUntil(e),
                MovedAt = e.At,
            },
            ({ IsOver: false } r, WebhookReplayPaused e) => r with
            {
                Status = Paused,
                Reason = e.Reason,
                Failure = e.Failure,
            },
            ({ IsOver: false } r, WebhookReplayResumed e) => r with
            {
                Status = Running,
                Reason = null,
                Failure = null,
                Pace = null,
                MovedAt = e.At,
            },
            ({ IsOver: false } r, WebhookReplayStopped e) => r with
            {
                Status = Stopped,
                Reason = e.Reason,
                Failure = null,
                EndedAt = e.At,
            },
            ({ IsOver: false } r, WebhookReplayFinished e) => r with
            {
                Status = Finished,
                Position = r.Order.UpTo,
                Sent = e.Sent,
                Failed = e.Failed,
                EndedAt = e.At,
            },
            _ => replay,
        };

    /// <summary>The types that are told: of those asked for, all when none is, the ones that the webhook wants.</summary>
    public static IReadOnlyList<string> TypesOf(Webhook webhook, IReadOnlyList<string> asked) =>
        [
            .. WebhookEventTypes.All.Where(name =>
                webhook.Wants(name)
                && (asked.Count == 0 || asked.Any(type => WebhookEventTypes.Covers(type, name)))
            ),
        ];

    /// <summary>Why these types can't be told to this webhook; null when they can.</summary>
    public static Rejection? Refusal(Webhook? webhook, IReadOnlyList<string> asked) =>
        webhook switch
        {
            null or { RemovedAt: not null } => new WebhookIsUnknown(),
            { DisabledAt: not null } => new WebhookIsDisabled(),
            _ when asked.FirstOrDefault(type => !WebhookEventTypes.IsKnown(type)) is { } unknown =>
                new WebhookEventIsUnknown(unknown),
            _ when TypesOf(webhook, asked).Count == 0 => new WebhookEventIsNotSubscribed(),
            _ => null,
        };

    /// <summary>Begins one; not while another of the webhook is not over.</summary>
    /// <param name="current">That one; null for none.</param>
    public static Decision Request(
        Webhook? webhook,
        WebhookReplay? current,
        WebhookReplayRequested requested
    ) =>
        Refusal(webhook, requested.Events) is { } refusal ? refusal
        : current is { IsOver: false } ? new ReplayIsRunning(current.Id)
        : Decision.Record(requested);

    /// <summary>Has it wait; once.</summary>
    public static Decision Pause(WebhookReplay? replay, Guid webhookId, Instant at) =>
        Of(webhookId, replay) switch
        {
            null => new ReplayIsUnknown(),
            { IsOver: true } => new ReplayIsOver(),
            { Status: Paused } => Decision.Nothing,
            _ => Decision.Record(new WebhookReplayPaused(webhookId, Asked, null, at)),
        };

    /// <summary>Lets it go on; once.</summary>
    public static Decision Resume(WebhookReplay? replay, Guid webhookId, Instant at) =>
        Of(webhookId, replay) switch
        {
            null => new ReplayIsUnknown(),
            { IsOver: true } => new ReplayIsOver(),
            { Status: Running } => Decision.Nothing,
            _ => Decision.Record(new WebhookReplayResumed(webhookId, at)),
        };

    /// <summary>Ends it early; one that is over stays as it ended.</summary>
    public static Decision Stop(WebhookReplay? replay, Guid webhookId, Instant at) =>
        Of(webhookId, replay) switch
        {
            null => new ReplayIsUnknown(),
            { IsOver: true } => Decision.Nothing,
            _ => Decision.Record(new WebhookReplayStopped(webhookId, Asked, at)),
        };

    /// <summary>Takes in what whoever runs it says. Somebody may have paused or stopped it meanwhile; that stands.</summary>
    public static Decision Report(WebhookReplay? replay, ReplayReport report, Instant at)
    {
        if (replay is null)
        {
            return new ReplayIsUnknown();
        }

        var webhook = replay.Order.WebhookId;
        if (report.End == Finished && replay.Status == Running)
        {
            return Decision.Record(new WebhookReplayFinished(webhook, report.Sent, report.Failed, at));
        }

        var hasMoved = report.Position > replay.Position || report.Failed > replay.Failed;
        object[] moved = hasMoved
            ? [new WebhookReplayAdvanced(webhook, report.Position, report.Sent, report.Failed, at)]
            : [];
        object[] ended = (replay.Status, report.End) switch
        {
            (Running, Paused) => [new WebhookReplayPaused(webhook, report.Reason!, report.Failure, at)],
            (Running, Stopped) => [new WebhookReplayStopped(webhook, report.Reason!, at)],
            _ => [],
        };
        return Decision.Record([.. moved, .. ended]);
    }

    private static WebhookReplay? Of(Guid webhookId, WebhookReplay? replay) =>
        replay?.Order.WebhookId == webhookId ? replay : null;

    private double? PaceUntil(WebhookReplayAdvanced e) =>
        Status == Running && e.At > MovedAt ? (e.Sent - Sent) / (e.At - MovedAt).TotalSeconds : null;
}

/// <summary>How far a run of a replay has come, and what became of it.</summary>
/// <param name="End">
/// <see cref="WebhookReplay.Paused"/>, <see cref="WebhookReplay.Stopped"/> or <see cref="WebhookReplay.Finished"/>; null
/// while it goes on.
/// </param>
/// <param name="Reason">As in the events; null for one that goes on or has finished.</param>
public sealed record ReplayReport(
    long Position,
    long Sent,
    long Failed,
    string? End = null,
    string? Reason = null,
    FailedCall? Failure = null
);
