using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Cli.Showing;

/// <summary>Answers as JSON, in the form in which the gateway writes them.</summary>
public static class WholeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // It goes to a terminal or a program, not into a web page: + and quotes stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InUtc() },
    };

    private static readonly JsonSerializerOptions OnManyLines = new(Options) { WriteIndented = true };

    /// <summary>On one line.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>On many lines, for a person.</summary>
    public static string Laid(JsonElement value) => JsonSerializer.Serialize(value, OnManyLines);

    /// <summary>To be looked into.</summary>
    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    private sealed class InUtc : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(
            Utf8JsonWriter writer,
            DateTimeOffset value,
            JsonSerializerOptions options
        ) =>
            writer.WriteStringValue(
                value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            );
    }
}
