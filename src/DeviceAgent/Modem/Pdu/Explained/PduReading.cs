using System.Text.Json.Nodes;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary>Reads PDUs in hexadecimal, whatever they are.</summary>
public static class PduReading
{
    private const int TypeBits = 0x03;

    /// <summary>As what the network delivers.</summary>
    public static (JsonObject Fields, string? Fault) Deliver(string hex) =>
        Read<SmsDeliver>(hex, SmsDeliver.Decode, PduFields.Of);

    /// <summary>As what is handed to a modem.</summary>
    public static (JsonObject Fields, string? Fault) Submit(string hex) =>
        Read<SmsSubmit>(hex, SmsSubmit.Decode, PduFields.Of);

    /// <summary>As a delivery report.</summary>
    public static (JsonObject Fields, string? Fault) Report(string hex) =>
        Read<SmsStatusReport>(hex, SmsStatusReport.Decode, PduFields.Of);

    /// <summary>As what its own first octet says it is (3GPP TS 23.040, 9.2.3.1).</summary>
    /// <param name="kind">Its name in the standard.</param>
    public static (string Kind, JsonObject Fields, string? Fault) Any(string hex)
    {
        var octets = Hex.Octets(hex) ?? [];
        var type = octets.Length > 0 && octets.Length > octets[0] + 1 ? octets[octets[0] + 1] & TypeBits : 0;
        var (kind, read) = type switch
        {
            0 => ("SMS-DELIVER", Deliver(hex)),
            1 => ("SMS-SUBMIT", Submit(hex)),
            _ => ("SMS-STATUS-REPORT", Report(hex)),
        };
        return (kind, read.Fields, read.Fault);
    }

    private static (JsonObject, string?) Read<T>(
        string hex,
        Func<ReadOnlySpan<byte>, Decoded<T>> decode,
        Func<T, JsonObject> fields
    )
        where T : class
    {
        var read = Hex.Decode(hex, decode);
        var said = read.Value is { } value ? fields(value) : [];
        if (read.Value is not null)
        {
            // The length that AT+CMGS and +CMT tell counts without the service-centre field.
            said["tpduLength"] = hex.Length / 2 - 1 - Hex.Octets(hex.AsSpan(0, 2))![0];
        }

        return (said, read.Fault);
    }
}
