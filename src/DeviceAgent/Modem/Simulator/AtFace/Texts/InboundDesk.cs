using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace.Texts;

/// <summary>Keeps or passes on what the network delivers, as <c>+CNMI</c> says (3GPP TS 27.005, 3.4.1).</summary>
internal sealed class InboundDesk(ModemSettings settings, ModemMemory memory)
{
    private readonly Queue<EncodedPdu> waiting = new();
    private readonly Lock gate = new();
    private int reference;

    /// <summary>What the modem has to say about it.</summary>
    public IEnumerable<string> Take(CarrierEvent happened) =>
        happened switch
        {
            TextCame text => TakeText(text),
            ReportCame report => TakeReport(InboundPdus.Of(report)),
            LineChanged change => TakeChange(change.State),
            _ => [],
        };

    /// <summary>There may be room again: the centre tries what a full memory refused.</summary>
    public IReadOnlyList<string> TryAgain()
    {
        lock (gate)
        {
            return KeepWaiting();
        }
    }

    private List<string> TakeText(TextCame text)
    {
        lock (gate)
        {
            List<string> said = [.. Arrived(text), .. KeepWaiting()];
            if (waiting.Count > 0)
            {
                said.Add($"^SMMEMFULL: \"{settings.Stores[2]}\"");
            }

            return said;
        }
    }

    private List<string> Arrived(TextCame text)
    {
        var said = new List<string>();
        reference = (reference + 1) & 0xFF;
        foreach (var pdu in InboundPdus.Of(text, reference))
        {
            if (settings.GivesTexts)
            {
                said.Add($"+CMT: ,{pdu.TpduLength}\r\n{pdu.Hex}");
                continue;
            }

            waiting.Enqueue(pdu);
        }

        return said;
    }

    private List<string> KeepWaiting()
    {
        var said = new List<string>();
        while (waiting.TryPeek(out var next) && Keep(settings.Stores[2], next) is { } index)
        {
            waiting.Dequeue();
            if (settings.TellsTexts)
            {
                said.Add($"+CMTI: \"{settings.Stores[2]}\",{index}");
            }
        }

        return said;
    }

    private IEnumerable<string> TakeReport(EncodedPdu pdu)
    {
        if (settings.GivesReports)
        {
            return [$"+CDS: {pdu.TpduLength}\r\n{pdu.Hex}"];
        }

        var store = settings.Personality.Reports == ReportPlace.Sim ? "SM" : "SR";
        return settings.KeepsReports && Keep(store, pdu) is { } index ? [$"+CDSI: \"{store}\",{index}"] : [];
    }

    private IEnumerable<string> TakeChange(LineState state)
    {
        if (state == LineState.Absent)
        {
            yield return "+CPIN: NOT INSERTED";
        }

        if (settings.Values.GetValueOrDefault("+CREG", "0") != "0")
        {
            yield return $"+CREG: {(state == LineState.Ready ? 1 : 0)}";
        }
    }

    private int? Keep(string store, EncodedPdu pdu) =>
        memory.Keep(store, new(pdu.Hex, pdu.TpduLength, Status: 0));
}
