using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Domain.Telephony;
using NodaTime;
using NodaTime.Text;

namespace Gateway.Application;

/// <summary>How values are written, in the store and on the wire: a number as E.164, an instant with six digits in UTC.</summary>
public static class StoredJson
{
    private static readonly InstantPattern SixDigits = InstantPattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd'T'HH':'mm':'ss.ffffff'Z'"
    );

    /// <summary>Teaches a serializer the values of the domain.</summary>
    public static JsonSerializerOptions AddDomainValues(this JsonSerializerOptions json)
    {
        json.Converters.Add(new InstantAsText());
        json.Converters.Add(new MsisdnAsText());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return json;
    }

    /// <summary>The six-digit form, such as <c>2026-01-01T12:00:00.000000Z</c>.</summary>
    public static string Write(Instant instant) => SixDigits.Format(instant);

    private sealed class InstantAsText : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && HasOffset(reader)
            && reader.TryGetDateTimeOffset(out var time)
                ? WholeMicroseconds(Instant.FromDateTimeOffset(time))
                : throw new JsonException("An instant in ISO 8601 with an offset is expected.");

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
        {
            // The runtime's round-trip form has seven digits; all instants of ours end with a nought there.
            Span<byte> text = stackalloc byte[28];
            value.ToDateTimeUtc().TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            text[26] = (byte)'Z';
            writer.WriteStringValue(text[..27]);
        }

        /// <summary>Without one, the runtime would take the time to be local.</summary>
        private static bool HasOffset(Utf8JsonReader reader)
        {
            Span<byte> text = stackalloc byte[64];
            if (
                (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length)
                > text.Length
            )
            {
                return false;
            }

            text = text[..reader.CopyString(text)];
            return text is [.., (byte)'Z'] or [.., (byte)'+' or (byte)'-', _, _, (byte)':', _, _];
        }
    }

    /// <summary>What cannot be written is not read either, so that a repeated order equals the stored one.</summary>
    private static Instant WholeMicroseconds(Instant instant) =>
        Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / 10 * 10);

    private sealed class MsisdnAsText : JsonConverter<Msisdn>
    {
        public override Msisdn Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Msisdn.TryParse(reader.GetString(), out var number)
                ? number
                : throw new JsonException("A number in E.164 form is expected.");

        public override void Write(Utf8JsonWriter writer, Msisdn value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
