using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary>What a PDU says, field by field, under the names that the vectors use. What it doesn't say is left out.</summary>
public static class PduFields
{
    private static readonly OffsetDateTimePattern Times = OffsetDateTimePattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>"
    );

    public static JsonObject Of(SmsSubmit submit) =>
        Said([
            ("smsc", submit.ServiceCentre?.Value),
            ("to", submit.To.Value),
            .. Of(submit.Payload),
            ("messageReference", submit.MessageReference),
            ("protocolId", submit.ProtocolId),
            ("validityOctet", submit.Validity),
            ("validityMinutes", submit.Validity is { } octet ? ValidityPeriod.Minutes(octet) : null),
            ("statusReport", submit.StatusReport),
            ("rejectDuplicates", submit.RejectDuplicates),
            ("replyPath", submit.ReplyPath),
        ]);

    public static JsonObject Of(SmsDeliver deliver) =>
        Said([
            ("smsc", deliver.ServiceCentre?.Value),
            ("from", deliver.From.Value),
            ("fromType", Name(deliver.From.Type)),
            .. Of(deliver.Payload),
            ("protocolId", deliver.ProtocolId),
            ("timestamp", Of(deliver.CentreTime)),
        ]);

    public static JsonObject Of(SmsStatusReport report) =>
        Said([
            ("smsc", report.ServiceCentre?.Value),
            ("messageReference", report.MessageReference),
            ("recipient", report.Recipient.Value),
            ("serviceCentreTime", Of(report.CentreTime)),
            ("dischargeTime", Of(report.DischargeTime)),
            ("status", report.Status),
            ("statusClass", Name(ReportStatus.ClassOf(report.Status))),
            ("outcome", Name(ReportStatus.OutcomeOf(report.Status))),
        ]);

    /// <summary>ISO 8601 with the zone in hours and minutes; null when it is no time.</summary>
    public static string? Of(OffsetDateTime? time) => time is { } known ? Times.Format(known) : null;

    public static string Of(Coding coding) => coding == Coding.Compressed ? "gsm7-compressed" : Name(coding);

    private static IEnumerable<(string, JsonNode?)> Of(Payload payload)
    {
        var header = payload.Header;
        return
        [
            ("encoding", Of(payload.Coding.Coding)),
            ("text", payload.Text),
            ("dataHex", payload.Octets is { } octets ? Convert.ToHexString(octets.Span) : null),
            ("messageClass", payload.Coding.Class),
            ("concat", header.Concatenation is { } concat ? Of(concat) : null),
            (header.Ports is { Wide: false } ? "destPort8" : "destPort", header.Ports?.Destination),
            (header.Ports is { Wide: false } ? "sourcePort8" : "sourcePort", header.Ports?.Source),
            ("lockingTable", header.LockingTable > 0 ? header.LockingTable : null),
            ("singleShiftTable", header.SingleShiftTable > 0 ? header.SingleShiftTable : null),
        ];
    }

    private static JsonObject Of(Concatenation concat) =>
        new()
        {
            ["reference"] = concat.Reference,
            ["total"] = concat.Total,
            ["sequence"] = concat.Sequence,
            ["wide"] = concat.Wide,
        };

    private static JsonObject Said(IEnumerable<(string Name, JsonNode? Value)> fields) =>
        new(
            fields
                .Where(field => field.Value is not null)
                .Select(field => KeyValuePair.Create(field.Name, field.Value))
        );

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}");
}
