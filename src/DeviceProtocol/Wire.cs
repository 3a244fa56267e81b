using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Gateway.DeviceProtocol;

/// <summary>Frames to and from the text of <c>agent.v1</c>: one JSON object or an array of them, UTF-8.</summary>
public static class Wire
{
    /// <summary>The sub-protocol a WebSocket is opened with.</summary>
    public const string SubProtocol = "agent.v1";

    /// <summary>Where the WebSocket is.</summary>
    public const string SocketPath = "/agent/v1/socket";

    /// <summary>Where a device pairs.</summary>
    public const string PairPath = "/agent/v1/pair";

    /// <summary>The most octets one text may have.</summary>
    public const int MostOctets = 64 * 1024;

    // Any script as it is, not as escapes: the reader is a program, never a web page.
    private static readonly JavaScriptEncoder Plain = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly WireJson Shapes = new(new(WireJson.Default.Options) { Encoder = Plain });
    private static readonly JsonWriterOptions Writing = new() { Encoder = Plain, SkipValidation = true };

    /// <summary>For the bodies of pairing, and for whoever stores a frame.</summary>
    public static JsonSerializerOptions Json => Shapes.Options;

    /// <summary>Reads what a device said; kinds this side doesn't know are left out.</summary>
    /// <exception cref="WireException">It is too long, not JSON, or a frame lacks what it needs.</exception>
    public static IReadOnlyList<UpFrame> ReadUp(ReadOnlySpan<byte> text) =>
        Read(text, Shapes.UpFrame, typeof(UpFrame));

    /// <summary>Reads what the gateway said; kinds this side doesn't know are left out.</summary>
    /// <exception cref="WireException">It is too long, not JSON, or a frame lacks what it needs.</exception>
    public static IReadOnlyList<DownFrame> ReadDown(ReadOnlySpan<byte> text) =>
        Read(text, Shapes.DownFrame, typeof(DownFrame));

    /// <summary>One text with all the frames: a single object, or an array.</summary>
    /// <exception cref="WireException">It would be longer than <see cref="MostOctets"/>.</exception>
    public static byte[] Write(IReadOnlyList<Frame> frames)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(frames, buffer);
        return buffer.WrittenCount <= MostOctets
            ? buffer.WrittenSpan.ToArray()
            : throw new WireException(
                $"The frames take {buffer.WrittenCount} octets, more than {MostOctets}."
            );
    }

    /// <summary>As many texts as it takes to keep each within <see cref="MostOctets"/>.</summary>
    public static IEnumerable<byte[]> Split(IReadOnlyList<Frame> frames)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(frames, buffer);
        if (buffer.WrittenCount <= MostOctets || frames.Count < 2)
        {
            return [buffer.WrittenSpan.ToArray()];
        }
        var half = frames.Count / 2;
        return Split([.. frames.Take(half)]).Concat(Split([.. frames.Skip(half)]));
    }

    private static void Write(IReadOnlyList<Frame> frames, ArrayBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Writing);
        if (frames.Count == 1)
        {
            Write(writer, frames[0]);
            return;
        }
        writer.WriteStartArray();
        foreach (var frame in frames)
        {
            Write(writer, frame);
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Frame frame)
    {
        if (frame is UpFrame up)
        {
            JsonSerializer.Serialize(writer, up, Shapes.UpFrame);
        }
        else
        {
            JsonSerializer.Serialize(writer, (DownFrame)frame, Shapes.DownFrame);
        }
    }

    private static List<T> Read<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> shape, Type unknown)
        where T : Frame
    {
        if (text.Length > MostOctets)
        {
            throw new WireException($"The text has {text.Length} octets, more than {MostOctets}.");
        }
        var frames = new List<T>(4);
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            var inArray = reader.TokenType == JsonTokenType.StartArray && reader.Read();
            while (reader.TokenType != JsonTokenType.EndArray)
            {
                var frame =
                    JsonSerializer.Deserialize(ref reader, shape)
                    ?? throw new WireException("A frame is null.");
                if (frame.GetType() != unknown)
                {
                    frames.Add(frame);
                }
                if (!reader.Read())
                {
                    return inArray ? throw new WireException("The array doesn't end.") : frames;
                }
            }
            return !reader.Read() ? frames : throw new WireException("There is more after the array.");
        }
        catch (JsonException broken)
        {
            throw new WireException("The text is not frames of agent.v1: " + Where(broken), broken);
        }
    }

    // The serialiser's own message may quote a value, and a value may be a text or a number.
    private static string Where(JsonException broken) =>
        $"line {broken.LineNumber ?? 0}, octet {broken.BytePositionInLine ?? 0}, {broken.Path ?? "$"}.";
}

/// <summary>The other side sent something that isn't <c>agent.v1</c>.</summary>
public sealed class WireException(string message, Exception? inner = null) : Exception(message, inner);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(UpFrame))]
[JsonSerializable(typeof(DownFrame))]
[JsonSerializable(typeof(PairRequest))]
[JsonSerializable(typeof(PairAnswer))]
internal sealed partial class WireJson : JsonSerializerContext;
