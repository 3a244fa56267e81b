namespace Gateway.Client.Projections;

/// <summary>One reader of the log.</summary>
/// <param name="Name">Such as <c>Views</c> or <c>Webhooks</c>.</param>
/// <param name="Status"><c>running</c>, <c>paused</c> by somebody, or <c>stopped</c> when it runs nowhere.</param>
/// <param name="Position">Up to which it has read.</param>
/// <param name="Lag">Events behind the end of the log, at most.</param>
/// <param name="EventsPerSecond">Since somebody last asked; null the first time.</param>
/// <param name="LastMovedAt">When it last came further.</param>
/// <param name="Parked">Events that it could not take in and nobody has decided about.</param>
public sealed record Reader(
    string Name,
    string Status,
    long Position,
    long Lag,
    long? EventsPerSecond,
    DateTimeOffset? LastMovedAt,
    int Parked
);

/// <summary>An event that a reader could not take in. It was set aside so that the others go on.</summary>
/// <param name="Reader">What stumbled over it.</param>
/// <param name="Position">Of the event.</param>
/// <param name="Error">What happened.</param>
public sealed record ParkedEvent(
    Guid Id,
    string Reader,
    long Position,
    string Error,
    DateTimeOffset ParkedAt
);
