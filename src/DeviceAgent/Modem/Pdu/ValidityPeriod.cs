namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>The relative validity period of one octet (3GPP TS 23.040, 9.2.3.12.1).</summary>
public static class ValidityPeriod
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;

    /// <summary>Minutes that the octet stands for: 5 up to 63 weeks.</summary>
    public static int Minutes(byte octet) =>
        octet switch
        {
            <= 143 => (octet + 1) * 5,
            <= 167 => Day / 2 + (octet - 143) * 30,
            <= 196 => (octet - 166) * Day,
            _ => (octet - 192) * Week,
        };

    /// <summary>The longest period that does not exceed so many minutes, but never less than 5.</summary>
    public static byte Octet(int minutes)
    {
        var octet = minutes switch
        {
            < 10 => 0,
            <= Day / 2 => minutes / 5 - 1,
            < 2 * Day => Math.Min(143 + (minutes - Day / 2) / 30, 167),
            < 5 * Week => Math.Min(166 + minutes / Day, 196),
            _ => Math.Min(192 + minutes / Week, 255),
        };
        return (byte)octet;
    }
}
