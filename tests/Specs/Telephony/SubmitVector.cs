using System.Text.Json;
using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.Specs.Telephony;

/// <summary>Reads the inputs of a <c>submit</c> vector.</summary>
internal static class SubmitVector
{
    public static IEnumerable<SmsSubmit> Of(JsonElement inputs)
    {
        var cut = new OutboundText(
            inputs.MaybeNumber("concatReference") ?? 0,
            inputs.Flag("reference16bit"),
            inputs.MaybeNumber("messageClass"),
            inputs.MaybeText("encoding") == "ucs2" ? Coding.Ucs2 : null,
            new(
                null,
                PortsOf(inputs),
                inputs.MaybeNumber("lockingTable") ?? 0,
                inputs.MaybeNumber("singleShiftTable") ?? 0
            )
        );
        var parts = inputs.MaybeText("dataHex") is { } hex
            ? cut.Cut(Convert.FromHexString(hex))
            : cut.Cut(inputs.Text("text"));

        return parts.Select(part => new SmsSubmit(
            SmsAddress.Of(inputs.Text("to")),
            part,
            inputs.MaybeText("smsc") is { } centre ? SmsAddress.Of(centre) : null,
            inputs.MaybeNumber("validityMinutes") is { } minutes ? ValidityPeriod.Octet(minutes) : null,
            inputs.Flag("statusReport"),
            inputs.Flag("rejectDuplicates"),
            inputs.Flag("replyPath"),
            (byte)(inputs.MaybeNumber("protocolId") ?? 0)
        ));
    }

    private static ApplicationPorts? PortsOf(JsonElement inputs) =>
        inputs.MaybeNumber("destPort") is { } wide ? new(wide, inputs.MaybeNumber("sourcePort") ?? 0, true)
        : inputs.MaybeNumber("destPort8") is { } narrow
            ? new(narrow, inputs.MaybeNumber("sourcePort8") ?? 0, false)
        : null;
}
