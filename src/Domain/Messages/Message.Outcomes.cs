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
        Attempted(message, fence, device) is { Failed: false } attempt
            ? attempt.IsInDoubt && left == 0
                ? Decision.Record(
                    new MessageDoubtResolved(fence, DoubtAnswers.NotSent, "device_report", at),
                    new MessageFailed(fence, device, MessageReasons.Refused, code, left, at)
                )
                : Decision.Record(new MessageFailed(fence, device, MessageReasons.Refused, code, left, at))
            : Decision.Nothing;

    /// <summary>The device doesn't know whether it left.</summary>
    public static Decision Doubt(Message? message, int fence, Guid device, string evidence, Instant at) =>
        Attempted(message, fence, device) is { DoubtedByDevice: false, IsSettled: false }
            ? Decision.Record(new MessageDoubted(fence, device, MessageReasons.DeviceUnsure, evidence, at))
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
            ReportOutcome.Delivered when attempt.Delivered || IsConfirmed(attempt, segment, reference) =>
                Decision.Nothing,
            ReportOutcome.Delivered when of == 1 => Final(new MessageDelivered(fence, device, at)),
            ReportOutcome.Delivered when attempt.Confirmed.Add(segment).Remove(0).Count == of => Final(
                Said(SegmentOutcomes.Delivered),
                new MessageDelivered(fence, device, at)
            ),
            ReportOutcome.Delivered => Decision.Record(Said(SegmentOutcomes.Delivered)),
            ReportOutcome.Undelivered when of == 1 && attempt.Undelivered || attempt.Lost.Contains(segment) =>
                Decision.Nothing,
            ReportOutcome.Undelivered when of == 1 => Final(
                new MessageUndelivered(fence, device, code, false, at)
            ),
            ReportOutcome.Undelivered when attempt.Undelivered => Decision.Record(
                Said(SegmentOutcomes.Undelivered)
            ),
            ReportOutcome.Undelivered => Final(
                Said(SegmentOutcomes.Undelivered),
                new MessageUndelivered(fence, device, code, true, at)
            ),
            ReportOutcome.Pending => Decision.Record(Said(SegmentOutcomes.Pending)),
            _ => Decision.Record(Said(SegmentOutcomes.Unconfirmed)),
        };

        // The network has spoken of the whole: whatever it says, the text had left.
        Decision Final(params object[] facts) =>
            attempt.IsInDoubt
                ? Decision.Record([
                    new MessageDoubtResolved(fence, DoubtAnswers.Sent, "delivery_report", at),
                    .. facts,
                ])
                : Decision.Record(facts);
    }

    /// <summary>Segment 0 is one that nobody knows; reports on it differ by their reference.</summary>
    private static bool IsConfirmed(Attempt attempt, int segment, int? reference) =>
        attempt.Confirmed.Contains(segment)
        && (segment > 0 || reference is null || attempt.References.GetValueOrDefault(0, -1) == reference);

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
