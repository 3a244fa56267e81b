using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

// What comes back from the network, and what the device says of itself.
public sealed partial class Dispatcher
{
    private const int MostEarly = 64;
    private const int ComparedDigits = 8;

    private void Hear(IRadio radio, RadioEvent happened)
    {
        switch (happened)
        {
            case DeliveryReportArrived report when lanes.TryGetValue(report.Sim, out var lane):
                crash.Pass("beforeReport");
                Report(lane, report);
                break;
            case InboundArrived inbound:
                Receive(radio, inbound);
                break;
            case UndecodableArrived raw:
                Receive(radio, raw);
                break;
            case RadioChanged changed:
                Facts.State(Say(FactKind.Radio) with { Sim = changed.Sim, State = changed.State });
                SetReady(changed.Sim, changed.State == "ready");
                break;
            case SimChanged changed:
                Facts.State(
                    Say(FactKind.Sim) with
                    {
                        Sim = changed.Sim,
                        State = changed.State,
                        Iccid = changed.Iccid,
                        ImsiHash = changed.ImsiHash,
                        Number = changed.Number,
                    }
                );
                SetReady(changed.Sim, changed.State == "ready");
                break;
        }
    }

    private void Receive(IRadio radio, InboundArrived inbound)
    {
        Orders.Add(new ForgetInbound(radio, inbound.Key));
        if (Memory.HasSeen(inbound.Key.Value))
        {
            return;
        }
        if (lanes.TryGetValue(inbound.Sim, out var lane))
        {
            lane.LastInboundAt = clock.Now;
            lane.Counters = lane.Counters with { Inbound = lane.Counters.Inbound + 1 };
        }
        Facts.State(
            Say(inbound.Partial ? FactKind.InboundPartial : FactKind.Inbound) with
            {
                Key = inbound.Key.Value,
                Sim = inbound.Sim,
                From = inbound.From,
                FromType = inbound.FromType,
                Text = inbound.Text,
                DataHex = inbound.DataHex,
                Port = inbound.Port,
                Class = inbound.Class?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                CentreAt = inbound.CentreAt,
                Parts = inbound.Parts,
                Raw = inbound.Raw,
            }
        );
    }

    private void Receive(IRadio radio, UndecodableArrived raw)
    {
        Orders.Add(new ForgetInbound(radio, raw.Key));
        if (!Memory.HasSeen(raw.Key.Value))
        {
            Facts.State(Say(FactKind.Undecodable) with { Key = raw.Key.Value, Sim = raw.Sim, Raw = raw.Raw });
        }
    }

    private void SetReady(string sim, bool isReady)
    {
        if (lanes.TryGetValue(sim, out var lane))
        {
            lane.IsReady = isReady;
            placesChanged |= isReady;
            Advance(lane);
        }
    }

    private void Report(Lane lane, DeliveryReportArrived report)
    {
        var owner = Owner(lane, report);
        if (owner is null && lane.Current is { Part: > 0 } && lane.Early.Count < MostEarly)
        {
            // Modems report before they say OK: the reference may be that of the part in flight.
            lane.Early.Add(report);
            return;
        }
        lane.Counters = lane.Counters with { Reports = lane.Counters.Reports + 1 };
        Facts.State(
            Say(FactKind.Report) with
            {
                M = owner?.M,
                F = owner?.F,
                Part = owner?.Part,
                Sim = report.Sim,
                Mr = report.Reference,
                To = report.To,
                Status = report.Status,
                CentreAt = report.CentreAt,
                DoneAt = report.DoneAt,
                Raw = report.Raw,
            }
        );
    }

    private static SentPart? Owner(Lane lane, DeliveryReportArrived report) =>
        lane.Sent.TryGetValue(report.Reference, out var part)
        && report.To.EndsWith(part.Digits, StringComparison.Ordinal)
            ? part
            : null;

    /// <summary>The part in flight has its verdict: whoever reported early finds its owner now, or has none.</summary>
    private void Match(Lane lane)
    {
        if (lane.Early.Count == 0)
        {
            return;
        }
        var early = lane.Early.ToArray();
        lane.Early.Clear();
        foreach (var report in early)
        {
            Report(lane, report);
        }
    }

    private static void Remember(Lane lane, Held held, int reference)
    {
        var digits = held.To.Value;
        lane.Sent[reference] = new(
            held.Lease.M,
            held.Lease.F,
            held.Part,
            digits[^Math.Min(ComparedDigits, digits.Length)..]
        );
    }

    private void Count(Lane lane, Held held, PartResult result)
    {
        var counters = lane.Counters;
        switch (result)
        {
            case Accepted accepted:
                Remember(lane, held, accepted.Reference);
                lane.LastSentAt = clock.Now;
                lane.Counters = counters with { Accepted = counters.Accepted + 1 };
                break;
            case Refused:
                lane.Counters = counters with { Refused = counters.Refused + 1 };
                break;
            case NeverLeft:
                lane.Counters = counters with { NeverLeft = counters.NeverLeft + 1 };
                break;
            default:
                lane.Counters = counters with { Unknown = counters.Unknown + 1 };
                break;
        }
    }

    private Holdings Holdings() =>
        new(
            Memory.LastN,
            [
                .. lanes
                    .Values.SelectMany(lane =>
                        lane.Current is { } current ? [current, .. lane.Waiting] : lane.Waiting
                    )
                    .Select(held => new Hold(held.Lease.M, held.Lease.F, held.State)),
                .. Memory
                    .Open.Where(open => Find(open.M, open.Intent!.F) is null)
                    .Select(open => new Hold(open.M, open.Intent!.F, HoldState.Submitting)),
            ],
            [.. lanes.Values.Select(lane => lane.Radio).Distinct().SelectMany(radio => radio.Sims)],
            FreePlaces()
        );

    private Dictionary<string, int> FreePlaces() =>
        lanes.Values.ToDictionary(
            lane => lane.Sim,
            lane =>
                lane.IsReady && !lane.IsPaused && !isDraining ? Math.Max(0, options.Places - lane.Held) : 0
        );

    private Standing Standing() =>
        new(
            lanes.Values.ToDictionary(
                lane => lane.Sim,
                lane => new LaneStanding(
                    lane.Waiting.Count,
                    lane.Current is { Part: > 0 } ? 1 : 0,
                    lane.LastSentAt,
                    lane.LastInboundAt,
                    lane.Pacing.Read(clock.Up),
                    lane.Counters
                )
            ),
            Facts.Read(),
            settingsRev
        );
}
