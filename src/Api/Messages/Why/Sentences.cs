using System.Globalization;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using NodaTime;

namespace Gateway.Api.Messages.Why;

/// <summary>One sentence for a person about each fact of a story. Without the text, and numbers are masked.</summary>
/// <param name="nameOf">What a device is called.</param>
public sealed class Sentences(Func<Guid, string> nameOf)
{
    /// <summary>What a fact says; null for one that tells nothing about a message.</summary>
    public string? Of(object fact, Guid stream) =>
        fact switch
        {
            MessageEvent e => OfMessage(e),
            InboundMessageReceived e =>
                $"{nameOf(e.DeviceId)} received it on {e.Sim}: {Segments(e.Segments)}{(e.Partial ? ", not all of which came" : "")}.",
            InboundMessageMatched e => $"It answers message {e.MessageId}: {Words(e.Rule)}.",
            DeviceEvent e => OfDevice(e, nameOf(stream)),
            _ => null,
        };

    private string OfMessage(MessageEvent fact) =>
        fact switch
        {
            MessageQueued e =>
                $"Accepted for {e.To}: {Segments(e.Segments)} in {e.Alphabet}, valid until {Time(e.ExpiresAt)}"
                    + $"{(e.SendAt is { } at ? $", not before {Time(at)}" : "")}{Wish(e)}.",
            MessageHeld e => $"It had to wait: {Words(e.Reason)}. {Routing(e.Decision)}",
            MessageReleased { Hold: 0 } => "Its scheduled time came.",
            MessageReleased e => $"Wait {e.Hold} was over.",
            MessageDispatched e =>
                $"Try {e.Fence}: lent to {nameOf(e.DeviceId)}, {e.Sim}, for {e.LeaseMs / 1000} s. {Routing(e.Decision)}",
            MessageReturned e =>
                $"Try {e.Fence} ended before anything left: {Words(e.Reason)}{Code(e.Code)}. It may go to another device.",
            MessageClaimed e =>
                $"Try {e.Fence}: {nameOf(e.DeviceId)} was told to send it. From here on it isn't given to another.",
            SegmentReported e => $"Segment {e.Segment} of {e.Of}: {Words(e.Outcome)}{Code(e.Code)}.",
            MessageSent e =>
                $"Try {e.Fence}: the network took {Segments(e.Segments)} from {nameOf(e.DeviceId)}.",
            MessageDelivered => "The network reported that it arrived.",
            MessageUndelivered e =>
                $"The network reported that it did not arrive{(e.Partial ? " whole" : "")}{Code(e.Code)}.",
            MessageFailed e => e.Left > 0
                ? $"It failed after {Segments(e.Left)} had left: {Words(e.Reason)}{Code(e.Code)}."
                : $"It failed, and nothing left: {Words(e.Reason)}{Code(e.Code)}.",
            MessageDoubted { Reason: MessageReasons.NoAnswer } e =>
                $"Nobody knows whether it left: {nameOf(e.DeviceId)} was told to send it and has not said what came of it. It isn't sent again by itself.",
            MessageDoubted e =>
                $"{nameOf(e.DeviceId)} itself doesn't know whether it left ({e.Evidence}). It isn't sent again by itself.",
            MessageDoubtResolved e =>
                $"The doubt is settled: {Words(e.How)} ({Words(e.Evidence)}{(e.Note is null ? "" : $": {e.Note}")}).",
            MessageResendAuthorised e =>
                $"It may have left, and shall be sent once more all the same{(e.Note is null ? "" : $": {e.Note}")}.",
            MessageExpired => "Its validity passed before any device was told to send it.",
            MessageCancelRequested => "Somebody wanted it stopped, too late to be certain.",
            MessageCancelled => "It was stopped before any device was told to send it.",
            MessageReplied e => $"The recipient answered (text {e.InboundId}).",
            _ => Words(fact.GetType().Name),
        };

    private static string? OfDevice(DeviceEvent fact, string name) =>
        fact switch
        {
            DeviceConnected => $"{name} connected.",
            DeviceWentSilent e => $"{name} went silent ({Words(e.Reason)}).",
            DevicePaused e => $"{name} was paused{(e.Reason.Length > 0 ? $": {e.Reason}" : "")}.",
            DeviceResumed => $"{name} was resumed.",
            DeviceQuarantined e => $"{name} was set aside: {Words(e.Reason)}.",
            DeviceRetired => $"{name} was retired.",
            SimChanged e => $"{name}: {e.Sim} became {e.State}.",
            _ => null,
        };

    private string Wish(MessageQueued order) =>
        (order.From, order.DeviceId) switch
        {
            ({ } line, _) => $", by the line {line}",
            (_, { } device) => $", by {nameOf(device)}",
            _ => "",
        };

    private string Routing(RoutingDecision decision)
    {
        var others = decision.Refusals.Select(refusal => $"{refusal.Count} {Words(refusal.Reason)}");
        var best = decision.Candidates is [var first, ..]
            ? $"{nameOf(first.DeviceId)} was chosen as {Words(decision.Strategy)} of {decision.Candidates.Count} that could (health {first.Score}, load {first.Load})"
            : $"None of {decision.Considered} could";
        return decision.Refusals.Count > 0 ? $"{best}; the others: {string.Join(", ", others)}." : $"{best}.";
    }

    private static string Segments(int count) => count == 1 ? "1 segment" : $"{count} segments";

    private static string Code(string? code) => code is null ? "" : $", code {code}";

    private static string Words(string code) => code.Replace('_', ' ');

    private static string Time(Instant at) =>
        at.ToString("uuuu-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
