namespace Gateway.Domain.Replays;

public sealed record ReplayIsUnknown()
    : Rejection("replay-is-unknown", RejectionKind.Missing, "This webhook has no replay with this id.");

public sealed record ReplayIsRunning(Guid Id)
    : Rejection(
        "replay-is-running",
        RejectionKind.Conflict,
        $"Replay {Id} of this webhook is not over; wait for it, or stop it."
    );

public sealed record ReplayIsOver()
    : Rejection("replay-is-over", RejectionKind.Conflict, "The replay is over; begin another one.");

public sealed record WebhookEventIsNotSubscribed()
    : Rejection(
        "webhook-event-is-not-subscribed",
        RejectionKind.Unprocessable,
        "The webhook asked for none of these event types when it was registered."
    );
