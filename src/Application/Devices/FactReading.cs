using System.Globalization;
using Gateway.DeviceProtocol;
using Gateway.Domain;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using NodaTime;

namespace Gateway.Application.Devices;

/// <summary>Turns the facts of the wire into decisions of the domain.</summary>
public static class FactReading
{
    /// <summary>PostgreSQL's JSON has no NUL; networks do. The PDU beside it keeps what came.</summary>
    public static Fact Storable(this Fact fact) =>
        fact with
        {
            Text = Storable(fact.Text),
            From = Storable(fact.From),
            To = Storable(fact.To),
            Sim = Storable(fact.Sim),
            Key = Storable(fact.Key),
            Raw = Storable(fact.Raw),
            State = Storable(fact.State),
            Number = Storable(fact.Number),
            Iccid = Storable(fact.Iccid),
            Evidence = fact.Evidence is { } evidence ? evidence with { Why = Storable(evidence.Why)! } : null,
        };

    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');

    /// <summary>False for the only part's acceptance: that it was sent says as much.</summary>
    internal static bool SaysSomething(Fact fact) =>
        fact is not { K: FactKind.PartAccepted, Of: null or <= 1 };

    internal static Decision AboutMessage(LiveDevice device, Message? m, int fence, Fact fact)
    {
        var at = Instant.FromUnixTimeMilliseconds(fact.At);
        var id = device.Id;
        var code = fact.Code?.ToString(CultureInfo.InvariantCulture);
        var left = Math.Max(0, (fact.Part ?? 1) - 1);
        return (fact.K, fact.Result) switch
        {
            (FactKind.PartAccepted, _) when fact.Of is > 1 and { } of => Message.AcceptSegment(
                m,
                fence,
                id,
                fact.Part ?? 1,
                of,
                fact.Mr,
                at
            ),
            (FactKind.Settled, SettledResult.Ok) => Message.Send(m, fence, id, m?.Order?.Segments ?? 1, at),
            (FactKind.Settled, SettledResult.NeverLeft) when left == 0 => Message.GiveBack(
                m,
                fence,
                id,
                MessageReasons.NeverLeft,
                code,
                at
            ),
            (FactKind.Settled, SettledResult.Refused or SettledResult.NeverLeft) => Message.Refuse(
                m,
                fence,
                id,
                code,
                left,
                at
            ),
            (FactKind.Settled, SettledResult.Uncertain) or (FactKind.Doubt, _) => Message.Doubt(
                m,
                fence,
                id,
                fact.Evidence?.Why ?? fact.Text ?? "The device doesn't know whether it left.",
                at
            ),
            (FactKind.NotSent, _) => Message.GiveBack(m, fence, id, MessageReasons.NotSent, null, at),
            (FactKind.Report, _) => Message.Report(m, fence, id, fact.Mr, fact.Status ?? 0xFF, at),
            _ => Decision.Nothing,
        };
    }

    internal static Decision AboutDevice(Fact fact)
    {
        var at = Instant.FromUnixTimeMilliseconds(fact.At);
        return fact.K == FactKind.Sim
            ? Decision.Record(
                new SimChanged(fact.Sim ?? "", fact.State ?? "", Last4(fact.Iccid), fact.Number, at)
            )
            : Decision.Record(
                new ReportUnmatched(fact.Sim ?? "", fact.Mr, fact.Status ?? 0xFF, fact.To ?? "", fact.Raw, at)
            );
    }

    private static string? Last4(string? iccid) => iccid is { Length: >= 4 } ? iccid[^4..] : iccid;

    internal static bool IsAboutDevice(Fact fact) =>
        fact.K == FactKind.Sim || fact is { K: FactKind.Report, M: null };
}
