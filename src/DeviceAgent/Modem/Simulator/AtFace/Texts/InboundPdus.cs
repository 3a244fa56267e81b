using System.Text;
using Gateway.DeviceAgent.Modem.Pdu;
using NodaTime;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace.Texts;

/// <summary>What the simulated network delivers, as PDUs (3GPP TS 23.040, 9.2.2).</summary>
internal static class InboundPdus
{
    /// <summary>The number of the simulated service centre.</summary>
    public const string Centre = "+447700900000";

    /// <summary>One PDU for each segment; as many as the scenario wants, if the text takes fewer by itself.</summary>
    public static IEnumerable<EncodedPdu> Of(TextCame text, int reference)
    {
        var natural = new OutboundText(reference).Cut(text.Text);
        var parts = natural.Count >= text.Parts ? natural : Cut(text, reference, natural[0].Coding);
        var from = text.From.Any(char.IsLetter) ? SmsAddress.Named(text.From) : SmsAddress.Of(text.From);
        var at = OffsetDateTime.FromDateTimeOffset(text.At);
        return (text.LastFirst ? parts.Reverse() : parts).Select(part =>
            new SmsDeliver(from, part, at, SmsAddress.Of(Centre)).Encode()
        );
    }

    public static EncodedPdu Of(ReportCame report) =>
        new SmsStatusReport(
            (byte)report.Reference,
            SmsAddress.Of(report.To),
            OffsetDateTime.FromDateTimeOffset(report.AcceptedAt),
            OffsetDateTime.FromDateTimeOffset(report.DoneAt),
            (byte)report.Status
        ).Encode();

    private static List<Payload> Cut(TextCame text, int reference, DataCoding coding)
    {
        Rune[] runes = [.. text.Text.EnumerateRunes()];
        var each = Math.Max(1, (runes.Length + text.Parts - 1) / text.Parts);
        return
        [
            .. Enumerable
                .Range(0, text.Parts)
                .Select(i => string.Concat(runes.Skip(i * each).Take(each)))
                .Select(
                    (part, i) =>
                        Payload.Of(
                            part,
                            coding,
                            new(new Concatenation(reference, text.Parts, i + 1, Wide: false))
                        )
                ),
        ];
    }
}
