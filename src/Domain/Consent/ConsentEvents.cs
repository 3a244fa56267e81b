using NodaTime;

namespace Gateway.Domain.Consent;

/// <summary>A fact about whether a remote party wants to hear from this tenant.</summary>
/// <param name="Remote">The remote party's number as it wrote to us.</param>
public abstract record ConsentEvent(string Remote, Instant At);

/// <summary>It asked for no more messages, from any of our lines.</summary>
/// <param name="Source"><c>inbound</c> when it said so by text.</param>
/// <param name="Word">The keyword that was recognised, in capitals.</param>
/// <param name="InboundId">The text in which it said so; null when it was told another way.</param>
public sealed record OptedOut(string Remote, string Source, string Word, Guid? InboundId, Instant At)
    : ConsentEvent(Remote, At);

/// <summary>It took that back.</summary>
public sealed record OptedIn(string Remote, string Source, string Word, Guid? InboundId, Instant At)
    : ConsentEvent(Remote, At);

/// <summary>Somebody wanted to text it although it had asked for no more, and was refused; nothing was sent.</summary>
/// <param name="Code">Of the refusal, such as <c>recipient-has-opted-out</c>.</param>
/// <param name="MessageId">What the message would have been called.</param>
public sealed record OrderRefused(string Remote, string Code, Guid MessageId, Instant At)
    : ConsentEvent(Remote, At);
