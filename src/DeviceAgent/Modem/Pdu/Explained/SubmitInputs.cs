using System.Text.Json;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary>A text to submit as somebody describes it, with all that a PDU can carry; as in a <c>submit</c> vector.</summary>
/// <param name="DataHex">Octets for an application, in place of a text.</param>
/// <param name="Encoding">Null chooses; <c>ucs2</c> insists.</param>
public sealed record SubmitInputs(
    string To,
    string? Text = null,
    string? DataHex = null,
    string? Encoding = null,
    string? Smsc = null,
    int? MessageClass = null,
    int? ValidityMinutes = null,
    int ConcatReference = 0,
    bool Reference16bit = false,
    int? DestPort = null,
    int? SourcePort = null,
    int? DestPort8 = null,
    int? SourcePort8 = null,
    int LockingTable = 0,
    int SingleShiftTable = 0,
    int ProtocolId = 0,
    bool StatusReport = false,
    bool RejectDuplicates = false,
    bool ReplyPath = false
)
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <exception cref="JsonException">It is not in this form.</exception>
    public static SubmitInputs Read(JsonElement inputs) => inputs.Deserialize<SubmitInputs>(Json)!;

    /// <summary>A PDU for each segment, in order.</summary>
    /// <exception cref="FormatException">The octets are not hexadecimal.</exception>
    public IReadOnlyList<SmsSubmit> Pdus()
    {
        var cut = new OutboundText(
            ConcatReference,
            Reference16bit,
            MessageClass,
            Encoding == "ucs2" ? Coding.Ucs2 : null,
            new(null, Ports(), LockingTable, SingleShiftTable)
        );
        var parts = DataHex is null ? cut.Cut(Text ?? "") : cut.Cut(Convert.FromHexString(DataHex));
        return
        [
            .. parts.Select(part => new SmsSubmit(
                SmsAddress.Of(To),
                part,
                Smsc is null ? null : SmsAddress.Of(Smsc),
                ValidityMinutes is { } minutes ? ValidityPeriod.Octet(minutes) : null,
                StatusReport,
                RejectDuplicates,
                ReplyPath,
                (byte)ProtocolId
            )),
        ];
    }

    private ApplicationPorts? Ports() =>
        DestPort is { } wide ? new(wide, SourcePort ?? 0, Wide: true)
        : DestPort8 is { } narrow ? new(narrow, SourcePort8 ?? 0, Wide: false)
        : null;
}
