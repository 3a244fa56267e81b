using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Domain.Messages;

/// <summary>
/// Decisions about what devices report. Outcomes may come late, twice or against each other: each new one is recorded,
/// a repeated one is not.
/// </summary>
public sealed partial record Message
{
    /// <summary>The network took one segment of several.</summary>
    public static Decision AcceptSegment(
        Message? message,
        int fence,
        Guid device,
        int segment,
        int of,
        int? reference,
        Instant at
    ) =>
        Attempted(message, fence, device) is { } attempt
        && !(attempt.Accepted.Contains(segment) && reference is null)
            ? attempt.References.TryGetValue(segment, out var known) && known == reference
                ? Decision.Nothing
                : Decision.Record(
                    new SegmentReported(
                        fence,
                        device,
                        segment,
                        of,
                        SegmentOutcomes.Accepted,
                        reference,
                        null,
                        at
                    )
                )
            : Decision.Nothing;

    /// <summary>The network took the whole.</summary>
    public static Decision Send(Message? message, int fence, Guid device, int segments, Instant at) =>
        Attempted(message, fence, device) is { Sent: false } attempt
            ? attempt.IsInDoubt
                ? Decision.Record(
                    new MessageDoubtResolved(fence, DoubtAnswers.Sent, "device_report", at),
                    new MessageSent(fence, device, segments, at)
                )
                : Decision.Record(new MessageSent(fence, device, segments, at))
            : Decision.Nothing;

    /// <summary>The network or the radio said no.</summary>
    /// <param name="left">Segments that had left before.</param>
    public static Decision Refuse(
        Message? message,
        int fence,
        Guid device,
        string? code,
        int left,
        Instant at
    ) =>
        Attempted(message, fence, device) is { Failed: false }
            ? Decision.Record(new MessageFailed(fence, device, MessageReasons.Refused, code, left, at))
            : Decision.Nothing;

    /// <summary>The device doesn't know whether it left.</summary>
    public static Decision Doubt(Message? message, int fence, Guid device, string evidence, Instant at) =>
        Attempted(message, fence, device) is { Doubted: false, IsSettled: false }
            ? Decision.Record(new MessageDoubted(fence, device, evidence, at))
            : Decision.Nothing;

    /// <summary>The network's word on one segment.</summary>
    /// <param name="reference">TP-MR; tells which segment it is of.</param>
    /// <param name="status">TP-Status, 0 to 255.</param>
    public static Decision Report(
        Message? message,
        int fence,
        Guid device,
        int? reference,
        int status,
        Instant at
    )
    {
        if (Attempted(message, fence, device) is not { } attempt)
        {
            return Decision.Nothing;
        }

        var of = Math.Max(1, message!.Order?.Segments ?? 1);
        var segment = of == 1 ? 1 : SegmentOf(attempt, reference);
        var code = status.ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
        SegmentReported Said(string outcome) => new(fence, device, segment, of, outcome, reference, code, at);

        return DeliveryReport.Classify(status) switch
        {
            ReportOutcome.Delivered when attempt.Delivered || attempt.Confirmed.Contains(segment) =>
                Decision.Nothing,
            ReportOutcome.Delivered when of == 1 => Decision.Record(new MessageDelivered(fence, device, at)),
            ReportOutcome.Delivered when attempt.Confirmed.Add(segment).Count == of => Decision.Record(
                Said(SegmentOutcomes.Delivered),
                new MessageDelivered(fence, device, at)
            ),
            ReportOutcome.Delivered => Decision.Record(Said(SegmentOutcomes.Delivered)),
            ReportOutcome.Undelivered when attempt.Undelivered => Decision.Nothing,
            ReportOutcome.Undelivered => Decision.Record(
                new MessageUndelivered(fence, device, code, of > 1, at)
            ),
            ReportOutcome.Pending => Decision.Record(Said(SegmentOutcomes.Pending)),
            _ => Decision.Record(Said(SegmentOutcomes.Unconfirmed)),
        };
    }

    /// <summary>The attempt, if this device was ever given it; whatever was decided since, its word is a fact.</summary>
    private static Attempt? Attempted(Message? message, int fence, Guid device) =>
        message?.Attempts.GetValueOrDefault(fence) is { } attempt && attempt.Device == device
            ? attempt
            : null;

    /// <summary>Newest first, because the reference is one octet and wraps; 0 when no segment has it.</summary>
    private static int SegmentOf(Attempt attempt, int? reference)
    {
        foreach (var (segment, known) in attempt.References.Reverse())
        {
            if (known == reference)
            {
                return segment;
            }
        }

        return 0;
    }
}
