using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>Keeps or passes on what the network delivers, as <c>+CNMI</c> says (3GPP TS 27.005, 3.4.1).</summary>
internal sealed class InboundDesk(ModemSettings settings, ModemMemory memory)
{
    private readonly Queue<EncodedPdu> waiting = new();
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

    private List<string> TakeText(TextCame text)
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

            // A full memory refuses; the centre tries again with the next text.
            waiting.Enqueue(pdu);
        }

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

        return settings.KeepsReports && Keep("SR", pdu) is { } index ? [$"+CDSI: \"SR\",{index}"] : [];
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
