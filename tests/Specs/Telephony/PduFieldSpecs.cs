using Gateway.DeviceAgent.Modem.Pdu;
using NodaTime;

namespace Gateway.Specs.Telephony;

public class PduFieldSpecs
{
    [Fact]
    public void Every_coding_we_write_is_read_back()
    {
        var codings =
            from coding in new[] { Coding.Gsm7, Coding.Data, Coding.Ucs2 }
            from meaning in new int?[] { null, 0, 1, 2, 3 }
            select new DataCoding(coding, meaning);

        Assert.All(codings, coding => Assert.Equal(coding, DataCoding.From(coding.Octet)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-570)]
    public void A_time_stamp_is_read_back_as_it_was_written(int minutes)
    {
        var time = new LocalDateTime(2026, 3, 14, 9, 26, 53).WithOffset(Offset.FromSeconds(minutes * 60));
        var writer = new PduWriter(new byte[PduWriter.Room]);
        ServiceCentreTime.Write(ref writer, time);

        Assert.Equal(time, ServiceCentreTime.Read(writer.Written));
    }
}
