using FluentValidation;
using Gateway.Domain.Replays;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Api.Replays;

/// <summary>Which part of the log shall be told to a webhook again.</summary>
/// <param name="From">
/// Begins behind this moment: an instant, a position (0 for the beginning of the log), or <c>before:</c> and the id of a fact.
/// </param>
/// <param name="To">Ends with this moment; left out, it is now.</param>
/// <param name="Events">Such as <c>message.sent</c> or <c>message.*</c>; left out, all that the webhook asked for.</param>
/// <param name="Number">Only what concerns it; E.164.</param>
/// <param name="Device">Only what it did, what was done to it, and what it was given to do.</param>
/// <param name="Stream">Only of this message, device …</param>
/// <param name="RatePerSecond">So many calls at most, 1 to 100; 10 when left out.</param>
public sealed record NewReplay(
    string? From,
    string? To,
    IReadOnlyList<string>? Events,
    string? Number,
    Guid? Device,
    Guid? Stream,
    int? RatePerSecond
)
{
    public sealed class Validator : AbstractValidator<NewReplay>
    {
        public Validator()
        {
            RuleFor(r => r.From).NotEmpty();
            RuleFor(r => r.Events).Must(events => !(events?.Count > 50));
            RuleForEach(r => r.Events).NotEmpty();
            RuleFor(r => r.Number)
                .Must(number => number is null || Msisdn.TryParse(number, out _))
                .WithErrorCode("number-is-invalid")
                .WithMessage("'{PropertyName}' is not a telephone number; write it as +447700900123.");
            RuleFor(r => r.Device)
                .Must(
                    (r, _) =>
                        new object?[] { r.Number, r.Device, r.Stream }.Count(given => given is not null) < 2
                )
                .WithMessage("Say at most one of number, device and stream.");
            RuleFor(r => r.RatePerSecond).InclusiveBetween(1, WebhookReplay.HighestRate);
        }
    }
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
)
{
    public static ReplayCount Of(WebhookReplayRequested plan) =>
        new(
            plan.Total,
            plan.After,
            plan.UpTo,
            plan.Events,
            plan.RatePerSecond,
            (plan.Total + plan.RatePerSecond - 1) / plan.RatePerSecond
        );
}

/// <summary>A replay as it is read; its numbers are at most some seconds old.</summary>
/// <param name="Status"><c>running</c>, <c>paused</c>, <c>stopped</c> or <c>finished</c>.</param>
/// <param name="Reason">Why it is paused or was stopped; null otherwise.</param>
/// <param name="Failure">The call that paused it; null otherwise.</param>
/// <param name="Total">Facts in the range that match.</param>
/// <param name="Sent">Of these, the ones that the receiver took.</param>
/// <param name="Failed">Calls that failed, whatever came of the next.</param>
/// <param name="Position">Up to which everything was told.</param>
/// <param name="Pace">Facts per second lately; null while that isn't known.</param>
/// <param name="SecondsLeft">At that pace; null while it doesn't move.</param>
public sealed record ListedReplay(
    Guid Id,
    Guid WebhookId,
    string Status,
    string? Reason,
    FailedCall? Failure,
    long After,
    long UpTo,
    IReadOnlyList<string> Events,
    Msisdn? Number,
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
    Instant RequestedAt,
    Instant? EndedAt
)
{
    public static ListedReplay Of(WebhookReplay replay)
    {
        var (order, pace) = (replay.Order, replay.Status == WebhookReplay.Running ? replay.Pace : null);
        return new(
            replay.Id,
            order.WebhookId,
            replay.Status,
            replay.Reason,
            replay.Failure,
            order.After,
            order.UpTo,
            order.Events,
            order.Number,
            order.Device,
            order.Stream,
            order.RatePerSecond,
            order.Total,
            replay.Sent,
            replay.Failed,
            replay.Remaining,
            replay.Position,
            pace is { } known ? Math.Round(known, 1) : null,
            pace > 0 ? (long)Math.Ceiling(replay.Remaining / pace.Value) : null,
            order.At,
            replay.EndedAt
        );
    }
}
