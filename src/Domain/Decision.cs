namespace Gateway.Domain;

/// <summary>What was decided: the events to append, or the <see cref="Rejection"/> that says why not.</summary>
public sealed record Decision
{
    private Decision(IReadOnlyList<object> events, Rejection? rejection) =>
        (Events, Rejection) = (events, rejection);

    /// <summary>Appended in this order; empty when there is nothing to record.</summary>
    public IReadOnlyList<object> Events { get; }

    /// <summary>Null when the answer is yes.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Whether there is anything to append.</summary>
    public bool IsChange => Events.Count > 0;

    /// <summary>Nothing to record and nothing wrong: the answer to a duplicate.</summary>
    public static Decision Nothing { get; } = new([], null);

    /// <summary>Yes, and these facts follow.</summary>
    public static Decision Record(params object[] events) => new(events, null);

    /// <summary>No, and that it was asked is a fact too.</summary>
    public static Decision Refuse(Rejection rejection, params object[] events) => new(events, rejection);

    /// <summary>No, and nothing is recorded.</summary>
    public static implicit operator Decision(Rejection rejection) => new([], rejection);
}
