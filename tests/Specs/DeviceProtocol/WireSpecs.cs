using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.DeviceProtocol;

namespace Gateway.Specs.DeviceProtocol;

public sealed class WireSpecs
{
    private static readonly Guid Message = Guid.Parse("01912d68-783e-7a03-8467-5661c1243ad4");

    [Fact]
    public void A_fact_is_written_flat_and_without_what_it_does_not_say()
    {
        var fact = new Fact(
            812,
            1795370000123,
            88123400,
            FactKind.PartAccepted,
            Message,
            3,
            1,
            2,
            41,
            "sim1"
        );

        Assert.Equal(
            """{"t":"fact","n":812,"at":1795370000123,"up":88123400,"k":"part.accepted","m":"01912d68-783e-7a03-8467-5661c1243ad4","f":3,"part":1,"of":2,"mr":41,"sim":"sim1"}""",
            Text(fact)
        );
        Assert.Equal(fact, Assert.Single(Wire.ReadUp(Wire.Write([fact]))));
    }

    [Fact]
    public void Several_frames_travel_as_one_array()
    {
        DownFrame[] frames =
        [
            new ClaimYes(Message, 1),
            new Lease(Message, 2, "sim1", "+447700900123", "½ €"),
            new Ping(),
        ];

        Assert.StartsWith(
            """[{"t":"claim.yes","m":""",
            Encoding.UTF8.GetString(Wire.Write(frames)),
            StringComparison.Ordinal
        );
        Assert.Equal(frames, Wire.ReadDown(Wire.Write(frames)));
    }

    [Fact]
    public void What_a_frame_leaves_out_because_it_is_not_known_is_read_as_null()
    {
        var hello = new Hello(
            Message,
            1,
            "boot",
            "1.0",
            "sig",
            0,
            [],
            [new("sim1", new())],
            new Dictionary<string, int>()
        );
        var request = new PairRequest("code", "key", [new("sim1", new())], "nonce", "sig");

        Assert.Null(Assert.IsType<Hello>(Wire.ReadUp(Wire.Write([hello])).Single()).Radios[0].Number);
        var body = JsonSerializer.Serialize(request, Wire.Json);
        Assert.Null(JsonSerializer.Deserialize<PairRequest>(body, Wire.Json)?.Name);
    }

    [Fact]
    public void Unknown_kinds_and_unknown_fields_are_ignored()
    {
        var read = Wire.ReadUp(
            """[{"t":"later","x":1},{"f":4,"new":[{}],"m":"01912d68-783e-7a03-8467-5661c1243ad4","t":"claim"}]"""u8
        );

        Assert.Equal([new Claim(Message, 4)], read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[{\"t\":\"pong\"}")]
    [InlineData("[null]")]
    [InlineData("[] []")]
    [InlineData("12")]
    [InlineData("{\"t\":\"claim\",\"m\":\"01912d68-783e-7a03-8467-5661c1243ad4\"}")]
    [InlineData("{\"t\":\"hello\",\"device\":null}")]
    public void Anything_else_is_refused_with_a_sentence(string text) =>
        Assert.NotEmpty(
            Assert.Throws<WireException>(() => Wire.ReadUp(Encoding.UTF8.GetBytes(text))).Message
        );

    [Fact]
    public void A_complaint_does_not_quote_what_was_sent()
    {
        var broken = Assert.Throws<WireException>(() =>
            Wire.ReadDown("""{"t":"lease","m":"+447700900123 hello"}"""u8)
        );

        Assert.DoesNotContain("7700900123", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_for_one_text_is_split_and_keeps_its_order()
    {
        UpFrame[] frames = [.. Enumerable.Range(1, 99).Select(n => new Log([new string('x', 2000), $"{n}"]))];
        Assert.Throws<WireException>(() => Wire.Write(frames));

        var texts = Wire.Split(frames).ToList();

        Assert.All(texts, text => Assert.InRange(text.Length, 1, Wire.MostOctets));
        Assert.Equal(
            Enumerable.Range(1, 99).Select(n => $"{n}"),
            texts.SelectMany(text => Wire.ReadUp(text)).Cast<Log>().Select(log => log.Lines[1])
        );
    }

    [Fact]
    public void A_proof_holds_for_its_own_host_only()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var sig = Proof.Sign(key, Proof.Hello("nonce", Message, 1, "boot", "gw.example"));

        Assert.True(
            Proof.Holds(Proof.PublicKey(key), Proof.Hello("nonce", Message, 1, "boot", "gw.example"), sig)
        );
        Assert.False(
            Proof.Holds(Proof.PublicKey(key), Proof.Hello("nonce", Message, 1, "boot", "evil.example"), sig)
        );
        Assert.False(Proof.Holds("no key", "text", "no sig"));
    }

    private static string Text(Frame frame) => Encoding.UTF8.GetString(Wire.Write([frame]));
}
