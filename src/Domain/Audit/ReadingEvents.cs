using NodaTime;

namespace Gateway.Domain.Audit;

/// <summary>A fact about somebody who was shown something.</summary>
public abstract record ReadingEvent(Instant At);

/// <summary>Somebody was shown texts; who, stands on the event as its actor.</summary>
/// <param name="What">What was asked for, such as <c>message</c>, <c>entries</c>, <c>feed</c> or <c>export</c>.</param>
/// <param name="Subjects">Ids of the messages and conversations; <c>*</c> for a part of the whole log.</param>
/// <param name="Narrowed">By what a part of the log was narrowed, without numbers; null for nothing.</param>
/// <param name="After">For a part of the log, the position behind which it begins.</param>
/// <param name="UpTo">The last position of it; null for one that went on.</param>
/// <param name="Purpose">Why, in the reader's own words; null when nobody asked.</param>
public sealed record ContentRead(
    string What,
    IReadOnlyList<string> Subjects,
    string? Narrowed,
    long? After,
    long? UpTo,
    string? Purpose,
    Instant At
) : ReadingEvent(At)
{
    /// <summary>Stands for whatever is in a part of the log.</summary>
    public const string Anything = "*";
}
