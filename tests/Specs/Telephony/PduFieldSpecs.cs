using Gateway.DeviceAgent.Modem.Pdu;
using Gateway.Domain.Telephony;
using NodaTime.Text;

namespace Gateway.Specs.Telephony;

public class PduFieldSpecs
{
    public static TheoryData<string> Texts => Vector.Ids("gsm7");
    public static TheoryData<string> Addresses => Vector.Ids("address");
    public static TheoryData<string> Codings => Vector.Ids("dcs");
    public static TheoryData<string> Periods => Vector.Ids("validity");
    public static TheoryData<string> PeriodsToWrite => Vector.Ids("validityEncode");
    public static TheoryData<string> Times => Vector.Ids("timestamp");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Septets_are_packed_as_the_vectors_say_and_unpack_again(string id)
    {
        var septets = Convert.FromHexString(Vector.Of(id).Expected.Text("septets"));
        var packed = new byte[Septets.OctetsFor(septets.Length)];
        Septets.Pack(septets, packed);
        var unpacked = new byte[septets.Length];
        Septets.Unpack(packed, unpacked);

        Assert.Equal(Vector.Of(id).Expected.Text("packed"), Convert.ToHexString(packed));
        Assert.Equal(septets, unpacked);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_is_written_as_the_vectors_say_and_read_back(string id)
    {
        var (value, hex) = (Vector.Of(id).Inputs.Text("value"), Vector.Of(id).Expected.Text("hex"));
        var address = Vector.Of(id).Inputs.Flag("alphanumeric")
            ? SmsAddress.Named(value)
            : SmsAddress.Of(value);
        var writer = new PduWriter(new byte[PduWriter.Room]);
        address.Write(ref writer);
        var reader = new PduReader(Convert.FromHexString(hex));

        Assert.Equal(hex, Convert.ToHexString(writer.Written));
        Assert.Equal(address, SmsAddress.Read(ref reader, "address"));
        Assert.Null(reader.Fault);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_coding_scheme_is_read_as_the_vectors_say(string id)
    {
        var coding = DataCoding.From((byte)Vector.Of(id).Inputs.MaybeNumber("octet")!.Value);
        var expected = Vector.Of(id).Expected.Text("encoding") switch
        {
            "gsm7" => Coding.Gsm7,
            "ucs2" => Coding.Ucs2,
            "data" => Coding.Data,
            _ => Coding.Compressed,
        };

        Assert.Equal(new DataCoding(expected, Vector.Of(id).Expected.MaybeNumber("messageClass")), coding);
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public void A_validity_octet_is_read_as_the_vectors_say(string id) =>
        Assert.Equal(
            Vector.Of(id).Expected.MaybeNumber("minutes"),
            ValidityPeriod.Minutes((byte)Vector.Of(id).Inputs.MaybeNumber("octet")!.Value)
        );

    [Theory]
    [MemberData(nameof(PeriodsToWrite))]
    public void A_validity_is_rounded_down_to_what_an_octet_can_say(string id)
    {
        var octet = ValidityPeriod.Octet(Vector.Of(id).Inputs.MaybeNumber("minutes")!.Value);

        Assert.Equal(Vector.Of(id).Expected.MaybeNumber("octet"), octet);
        Assert.Equal(Vector.Of(id).Expected.MaybeNumber("minutes"), ValidityPeriod.Minutes(octet));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void A_time_stamp_is_read_as_the_vectors_say_and_written_back(string id)
    {
        var octets = Convert.FromHexString(Vector.Of(id).Inputs.Text("hex"));
        var time = ServiceCentreTime.Read(octets);
        var writer = new PduWriter(new byte[PduWriter.Room]);
        ServiceCentreTime.Write(ref writer, time!.Value);

        Assert.Equal(PduTimes.Of(Vector.Of(id).Expected.Text("iso")), time);
        Assert.Equal(Convert.ToHexString(octets), Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void Every_coding_we_write_is_read_back()
    {
        var codings =
            from coding in new[] { Coding.Gsm7, Coding.Data, Coding.Ucs2 }
            from meaning in new int?[] { null, 0, 1, 2, 3 }
            select new DataCoding(coding, meaning);

        Assert.All(codings, coding => Assert.Equal(coding, DataCoding.From(coding.Octet)));
    }

    [Fact]
    public void The_alphabet_of_the_agent_is_the_one_of_the_gateway() =>
        Assert.Equal("@", GsmAlphabet.Default.Decode([0]));
}

/// <summary>Reads the times of the vectors.</summary>
internal static class PduTimes
{
    public static NodaTime.OffsetDateTime? Of(string? iso) =>
        iso is null ? null : OffsetDateTimePattern.ExtendedIso.Parse(iso).Value;
}
