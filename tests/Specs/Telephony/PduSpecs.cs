using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.DeviceAgent.Modem.Pdu;
using Gateway.DeviceAgent.Modem.Pdu.Explained;
using Gateway.Domain.Telephony;

namespace Gateway.Specs.Telephony;

public class PduSpecs
{
    private static readonly Dictionary<string, PduVector> Vectors = PduVector
        .Read(Path.Combine(AppContext.BaseDirectory, "Vectors", "sms-pdu.json"))
        .ToDictionary(vector => vector.Id);

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char["abc 0123€[]{}@£ÇÖ\n"].Array[0, 700].Select(text => new string(text)),
        Gen.OneOf(Gen.Const("😀"), Gen.Const("п"), Gen.Const("a")).Array[0, 300].Select(string.Concat)
    );

    public static TheoryData<string> All => [.. Vectors.Keys];

    public static TheoryData<string> Submits =>
        [.. Vectors.Values.Where(vector => vector.Kind == "submit").Select(vector => vector.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_vector_holds(string id) => Assert.Empty(Vectors[id].Differences());

    [Theory]
    [MemberData(nameof(All))]
    public void What_a_vector_expects_is_really_looked_at(string id)
    {
        var vector = Vectors[id];
        foreach (
            var field in vector.Expected.EnumerateObject().Where(field => IsLookedAt(field.Value, field.Name))
        )
        {
            var expected = (JsonObject)JsonSerializer.SerializeToNode(vector.Expected)!;
            expected[field.Name] = "something else";
            var other = vector with { Expected = JsonSerializer.SerializeToElement(expected) };

            Assert.NotEmpty(other.Differences());
        }
    }

    [Theory]
    [MemberData(nameof(Submits))]
    public void A_submission_is_read_back_as_it_was_written(string id) =>
        Assert.All(
            SubmitInputs.Read(Vectors[id].Inputs).Pdus(),
            submit =>
            {
                var read = Hex.Decode(submit.Encode().Hex, SmsSubmit.Decode).Value!;
                Assert.Equal(submit with { Payload = read.Payload }, read);
                Assert.Equal(submit.Payload with { Octets = null }, read.Payload with { Octets = null });
                Assert.Equal(submit.Payload.Octets?.ToArray(), read.Payload.Octets?.ToArray());
            }
        );

    [Fact]
    public void Any_text_comes_back_from_its_PDUs() =>
        AnyText.Sample(text =>
            string.Concat(
                new SubmitInputs("+447700900123", text, ConcatReference: 7)
                    .Pdus()
                    .Select(submit => Hex.Decode(submit.Encode().Hex, SmsSubmit.Decode).Value!.Payload.Text)
            ) == text
        );

    [Fact]
    public void No_PDU_of_any_text_is_longer_than_a_segment() =>
        AnyText.Sample(text =>
            new SubmitInputs("+447700900123", text, ConcatReference: 7)
                .Pdus()
                .All(submit => submit.Encode().TpduLength <= 13 + SegmentWidth.Octets)
        );

    [Fact]
    public void No_damage_makes_a_decoder_throw() =>
        Assert.Equal(3 * 20_000, PduFuzz.Run(seed: 1, count: 20_000) is var run ? run.Read + run.Refused : 0);

    /// <summary>Where either outcome is fine, there is nothing to look at.</summary>
    private static bool IsLookedAt(JsonElement value, string name) =>
        name != "mustNotThrowUnhandled" && !(name == "error" && value.ValueKind == JsonValueKind.String);
}
