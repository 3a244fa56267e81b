using NodaTime;

namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>
/// The seven-octet time stamp of a service centre (3GPP TS 23.040, 9.2.3.11): swapped decimal digits, then the zone
/// in quarter hours with its sign in bit 3. Years 70 to 99 are of the last century.
/// </summary>
public static class ServiceCentreTime
{
    public const int Octets = 7;

    private const int QuarterHour = 15 * 60;
    private const int Negative = 0x08;

    /// <summary>Null when the digits are no time: the message is kept, its time is not known.</summary>
    public static OffsetDateTime? Read(ReadOnlySpan<byte> octets)
    {
        Span<int> fields = stackalloc int[Octets];
        for (var i = 0; i < Octets; i++)
        {
            if (
                octets.Length != Octets
                || !TryDigits(i == 6 ? octets[i] & ~Negative : octets[i], out fields[i])
            )
            {
                return null;
            }
        }

        var year = fields[0] + (fields[0] >= 70 ? 1900 : 2000);
        var seconds = fields[6] * QuarterHour * ((octets[6] & Negative) != 0 ? -1 : 1);
        var isTime =
            fields[1] is >= 1 and <= 12
            && fields[2] >= 1
            && fields[2] <= CalendarSystem.Iso.GetDaysInMonth(year, fields[1])
            && fields[3] < 24
            && fields[4] < 60
            && fields[5] < 60
            && Math.Abs(seconds) <= Offset.MaxValue.Seconds;

        return isTime
            ? new LocalDateTime(year, fields[1], fields[2], fields[3], fields[4], fields[5]).WithOffset(
                Offset.FromSeconds(seconds)
            )
            : null;
    }

    public static void Write(ref PduWriter pdu, OffsetDateTime time)
    {
        pdu.Octet(Swapped(time.Year % 100));
        pdu.Octet(Swapped(time.Month));
        pdu.Octet(Swapped(time.Day));
        pdu.Octet(Swapped(time.Hour));
        pdu.Octet(Swapped(time.Minute));
        pdu.Octet(Swapped(time.Second));

        var quarters = time.Offset.Seconds / QuarterHour;
        pdu.Octet(Swapped(Math.Abs(quarters)) | (quarters < 0 ? Negative : 0));
    }

    private static bool TryDigits(int octet, out int value)
    {
        value = (octet & 0x0F) * 10 + (octet >> 4);
        return (octet & 0x0F) < 10 && octet >> 4 < 10;
    }

    private static int Swapped(int value) => value % 10 << 4 | value / 10;
}
