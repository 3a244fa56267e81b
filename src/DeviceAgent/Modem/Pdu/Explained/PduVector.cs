using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary>One line of a file of vectors: what goes in, and what must come out.</summary>
/// <param name="Kind">What it is about: <c>submit</c>, <c>deliver</c>, <c>gsm7</c>, …</param>
public sealed record PduVector(string Id, string Kind, JsonElement Inputs, JsonElement Expected)
{
    /// <summary>Fields that must not be there when none are expected.</summary>
    private static readonly string[] Strict =
    [
        "concat",
        "destPort",
        "destPort8",
        "sourcePort",
        "sourcePort8",
        "lockingTable",
        "singleShiftTable",
    ];

    /// <summary>Reads the file, <c>{"vectors": […]}</c>.</summary>
    /// <exception cref="JsonException">It is not in this form.</exception>
    public static IReadOnlyList<PduVector> Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<VectorFile>(file, JsonSerializerOptions.Web)?.Vectors
            ?? throw new JsonException("The file has no vectors.");
    }

    /// <summary>What is not as expected, a sentence for each; none when all is well.</summary>
    public IReadOnlyList<string> Differences()
    {
        var actual = Actual();
        return actual is null
            ? [$"The kind {Kind} is unknown."]
            :
            [
                .. Expected
                    .EnumerateObject()
                    .Where(field => field.Name != "mustNotThrowUnhandled")
                    .Where(field => !Agrees(field.Value, actual[field.Name]))
                    .Select(field =>
                        $"{field.Name} is {actual[field.Name]?.ToJsonString() ?? "nothing"}, not {field.Value.GetRawText()}."
                    ),
                .. Strict
                    .Where(name => actual[name] is not null && !Expected.TryGetProperty(name, out _))
                    .Select(name => $"{name} is {actual[name]!.ToJsonString()}, not nothing."),
            ];
    }

    private JsonObject? Actual() =>
        Kind switch
        {
            "gsm7" => Gsm7(),
            "segment" => Segment(),
            "submit" => Submit(),
            "submitDecode" => PduReading.Submit(Text("hex")).Fields,
            "deliver" => PduReading.Deliver(Text("hex")).Fields,
            "statusReport" => PduReading.Report(Text("hex")).Fields,
            "malformed" => Malformed(),
            "dcs" => Scheme(DataCoding.From((byte)Number("octet"))),
            "address" => Address(),
            "timestamp" => Time(),
            "validity" => new() { ["minutes"] = ValidityPeriod.Minutes((byte)Number("octet")) },
            "validityEncode" => Validity(ValidityPeriod.Octet(Number("minutes"))),
            _ => null,
        };

    private JsonObject Gsm7()
    {
        var (text, alphabet) = (
            Text("text"),
            GsmAlphabet.With(Number("lockingTable"), Number("singleShiftTable"))
        );
        var room = new byte[text.Length * 2];
        var septets = room.AsSpan(0, alphabet.Encode(text, room));
        var packed = new byte[Septets.OctetsFor(septets.Length)];
        Septets.Pack(septets, packed);
        var unpacked = new byte[septets.Length];
        Septets.Unpack(packed, unpacked);
        return alphabet.Decode(unpacked) == text
            ? new()
            {
                ["septetCount"] = septets.Length,
                ["septets"] = Convert.ToHexString(septets),
                ["packed"] = Convert.ToHexString(packed),
            }
            : [];
    }

    private JsonObject Segment()
    {
        var text = SmsText.Of(Text("text"));
        var parts = text.Parts(wideReference: Text("reference") == "16bit");
        return new()
        {
            ["encoding"] = PduFields.Of(text.Alphabet == SmsAlphabet.Gsm7 ? Coding.Gsm7 : Coding.Ucs2),
            ["partCount"] = parts.Count,
            ["parts"] = new JsonArray([.. parts.Select(part => JsonValue.Create(part))]),
            ["unitsPerPart"] = new JsonArray([.. parts.Select(part => JsonValue.Create(Units(part)))]),
        };

        int Units(string part) =>
            text.Alphabet == SmsAlphabet.Gsm7 && GsmAlphabet.Default.TryCount(part, out var septets)
                ? septets
                : part.Length;
    }

    private JsonObject Submit() =>
        new()
        {
            ["pdus"] = new JsonArray([
                .. SubmitInputs
                    .Read(Inputs)
                    .Pdus()
                    .Select(submit => submit.Encode())
                    .Select(pdu => new JsonObject { ["hex"] = pdu.Hex, ["tpduLength"] = pdu.TpduLength }),
            ]),
        };

    /// <summary>Where either is fine, it is as expected.</summary>
    private JsonObject Malformed()
    {
        var hex = Text("hex");
        var (fields, fault) = Text("as") == "deliver" ? PduReading.Deliver(hex) : PduReading.Report(hex);
        fields["error"] =
            Expected.GetProperty("error").ValueKind == JsonValueKind.String ? "optional" : fault is not null;
        return fields;
    }

    private static JsonObject Scheme(DataCoding coding) =>
        new() { ["encoding"] = PduFields.Of(coding.Coding), ["messageClass"] = coding.Class };

    private JsonObject Address()
    {
        var isName = Inputs.TryGetProperty("alphanumeric", out var flag) && flag.GetBoolean();
        var address = isName ? SmsAddress.Named(Text("value")) : SmsAddress.Of(Text("value"));
        var writer = new PduWriter(new byte[PduWriter.Room]);
        address.Write(ref writer);
        var reader = new PduReader(writer.Written);
        return SmsAddress.Read(ref reader, "address") == address
            ? new() { ["hex"] = Convert.ToHexString(writer.Written) }
            : [];
    }

    private JsonObject Time()
    {
        var octets = Hex.Octets(Text("hex")) ?? [];
        return new() { ["iso"] = PduFields.Of(ServiceCentreTime.Read(octets)) };
    }

    private static JsonObject Validity(byte octet) =>
        new() { ["octet"] = octet, ["minutes"] = ValidityPeriod.Minutes(octet) };

    private string Text(string name) => Inputs.GetProperty(name).GetString()!;

    private int Number(string name) => Inputs.TryGetProperty(name, out var number) ? number.GetInt32() : 0;

    /// <summary>Of an object, what is expected of it must be there; the rest is free.</summary>
    private static bool Agrees(JsonElement expected, JsonNode? actual) =>
        (expected.ValueKind, actual) switch
        {
            (JsonValueKind.Null, null) => true,
            (JsonValueKind.Object, JsonObject fields) => expected
                .EnumerateObject()
                .All(field => Agrees(field.Value, fields[field.Name])),
            _ => JsonNode.DeepEquals(JsonSerializer.SerializeToNode(expected), actual),
        };

    private sealed record VectorFile(IReadOnlyList<PduVector>? Vectors);
}
