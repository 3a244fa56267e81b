using System.Text.Json;
using CsCheck;
using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.Specs.Telephony;

public class PduSpecs
{
    public static TheoryData<string> Submits => Vector.Ids("submit");
    public static TheoryData<string> Captures => Vector.Ids("submitDecode");
    public static TheoryData<string> Delivers => Vector.Ids("deliver");
    public static TheoryData<string> Reports => Vector.Ids("statusReport");
    public static TheoryData<string> Malformed => Vector.Ids("malformed");

    [Theory]
    [MemberData(nameof(Submits))]
    public void A_message_becomes_the_submissions_of_the_vectors(string id)
    {
        var expected = Vector
            .Of(id)
            .Expected.GetProperty("pdus")
            .EnumerateArray()
            .Select(pdu => new EncodedPdu(pdu.Text("hex"), pdu.MaybeNumber("tpduLength")!.Value));

        Assert.Equal(expected, SubmitVector.Of(Vector.Of(id).Inputs).Select(submit => submit.Encode()));
    }

    [Theory]
    [MemberData(nameof(Submits))]
    public void A_submission_is_read_back_as_it_was_written(string id) =>
        Assert.All(
            SubmitVector.Of(Vector.Of(id).Inputs),
            submit =>
            {
                var read = Hex.Decode(submit.Encode().Hex, SmsSubmit.Decode).Value!;
                Assert.Equal(submit with { Payload = read.Payload }, read);
                Assert.Equal(submit.Payload with { Octets = null }, read.Payload with { Octets = null });
                Assert.Equal(submit.Payload.Octets?.ToArray(), read.Payload.Octets?.ToArray());
            }
        );

    [Theory]
    [MemberData(nameof(Captures))]
    public void What_other_programs_submit_is_read_as_the_vectors_say(string id)
    {
        var expected = Vector.Of(id).Expected;
        var submit = Hex.Decode(Vector.Of(id).Inputs.Text("hex"), SmsSubmit.Decode).Value!;

        Assert.Equal(expected.Text("to"), submit.To.Value);
        Assert.Equal(expected.Text("text"), submit.Payload.Text);
        Assert.Equal(expected.MaybeNumber("messageClass"), submit.Payload.Coding.Class);
        Assert.Equal(expected.MaybeNumber("validityOctet") ?? submit.Validity, submit.Validity);
        Assert.Equal(expected.MaybeText("smsc") ?? submit.ServiceCentre?.Value, submit.ServiceCentre?.Value);
        Assert.Equal(
            !expected.TryGetProperty("statusReport", out _)
                ? submit.StatusReport
                : expected.Flag("statusReport"),
            submit.StatusReport
        );
        AssertConcatenation(expected, submit.Payload.Header.Concatenation);
    }

    [Theory]
    [MemberData(nameof(Delivers))]
    public void An_inbound_segment_is_read_as_the_vectors_say(string id)
    {
        var expected = Vector.Of(id).Expected;
        var deliver = Hex.Decode(Vector.Of(id).Inputs.Text("hex"), SmsDeliver.Decode).Value!;
        var data = deliver.Payload;

        Assert.Equal(expected.MaybeText("smsc"), deliver.ServiceCentre?.Value);
        Assert.Equal(expected.Text("from"), deliver.From.Value);
        Assert.Equal(expected.Text("fromType"), deliver.From.Type.ToString(), ignoreCase: true);
        Assert.Equal(expected.Text("encoding"), data.Coding.Coding.ToString(), ignoreCase: true);
        Assert.Equal(expected.MaybeText("text"), data.Text);
        Assert.Equal(
            expected.MaybeText("dataHex"),
            data.Octets is { } octets ? Convert.ToHexString(octets.Span) : null
        );
        Assert.Equal(PduTimes.Of(expected.MaybeText("timestamp")), deliver.CentreTime);
        Assert.Equal(expected.MaybeNumber("messageClass") ?? data.Coding.Class, data.Coding.Class);
        Assert.Equal(expected.MaybeNumber("destPort"), data.Header.Ports?.Destination);
        Assert.Equal(expected.MaybeNumber("sourcePort"), data.Header.Ports?.Source);
        Assert.Equal(expected.MaybeNumber("singleShiftTable") ?? 0, data.Header.SingleShiftTable);
        Assert.Equal(expected.MaybeNumber("lockingTable") ?? 0, data.Header.LockingTable);
        AssertConcatenation(expected, data.Header.Concatenation);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void A_delivery_report_is_read_as_the_vectors_say(string id)
    {
        var expected = Vector.Of(id).Expected;
        var report = Hex.Decode(Vector.Of(id).Inputs.Text("hex"), SmsStatusReport.Decode).Value!;

        Assert.Equal(expected.MaybeText("smsc"), report.ServiceCentre?.Value);
        Assert.Equal(expected.MaybeNumber("messageReference"), report.MessageReference);
        Assert.Equal(expected.Text("recipient"), report.Recipient.Value);
        Assert.Equal(PduTimes.Of(expected.Text("serviceCentreTime")), report.CentreTime);
        Assert.Equal(PduTimes.Of(expected.Text("dischargeTime")), report.DischargeTime);
        Assert.Equal(expected.MaybeNumber("status"), report.Status);
        Assert.Equal(
            expected.Text("statusClass").Replace("-", ""),
            ReportStatus.ClassOf(report.Status).ToString(),
            ignoreCase: true
        );
        Assert.Equal(
            expected.Text("outcome"),
            ReportStatus.OutcomeOf(report.Status).ToString(),
            ignoreCase: true
        );
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_PDU_is_a_result(string id)
    {
        var (inputs, expected) = (Vector.Of(id).Inputs, Vector.Of(id).Expected);
        var (text, fault) =
            inputs.Text("as") == "deliver" ? Deliver(inputs.Text("hex")) : Report(inputs.Text("hex"));

        if (expected.GetProperty("error").ValueKind != JsonValueKind.String)
        {
            Assert.Equal(expected.Flag("error"), fault is not null);
            Assert.Equal(expected.MaybeText("text"), text);
        }
    }

    [Fact]
    public void No_octets_make_a_decoder_throw() =>
        Gen
            .Byte.Array[0, 200]
            .Sample(
                octets =>
                    (
                        Read(SmsDeliver.Decode(octets))
                        && Read(SmsSubmit.Decode(octets))
                        && Read(SmsStatusReport.Decode(octets))
                    ),
                iter: 20_000
            );

    [Fact]
    public void No_damage_to_a_real_PDU_makes_a_decoder_throw()
    {
        var pdus = Vector
            .All("deliver")
            .Select(vector => Convert.FromHexString(vector.Inputs.Text("hex")))
            .ToArray();
        Gen.Select(Gen.Int[0, pdus.Length - 1], Gen.Int[0, 200], Gen.Byte, Gen.Int[1, 400])
            .Sample(
                (which, at, value, keep) =>
                {
                    var octets = pdus[which][..Math.Min(keep, pdus[which].Length)].ToArray();
                    octets[at % octets.Length] = value;
                    return Read(SmsDeliver.Decode(octets)) && Read(SmsSubmit.Decode(octets));
                },
                iter: 20_000
            );
    }

    private static bool Read<T>(Decoded<T> decoded)
        where T : class => (decoded.Value is null) == (decoded.Fault is not null);

    private static (string? Text, string? Fault) Deliver(string hex) =>
        Hex.Decode(hex, SmsDeliver.Decode) is var read ? (read.Value?.Payload.Text, read.Fault) : default;

    private static (string? Text, string? Fault) Report(string hex) =>
        (null, Hex.Decode(hex, SmsStatusReport.Decode).Fault);

    private static void AssertConcatenation(JsonElement expected, Concatenation? actual)
    {
        if (!expected.TryGetProperty("concat", out var concat))
        {
            Assert.Null(actual);
            return;
        }

        Assert.Equal(concat.MaybeNumber("reference"), actual!.Reference);
        Assert.Equal(concat.MaybeNumber("total"), actual.Total);
        Assert.Equal(concat.MaybeNumber("sequence"), actual.Sequence);
        Assert.Equal(concat.Flag("wide"), actual.Wide);
    }
}
