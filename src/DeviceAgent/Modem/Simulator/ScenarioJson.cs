using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>The JSON of a <see cref="Scenario"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(Scenario))]
internal sealed partial class ScenarioJson : JsonSerializerContext;

/// <summary>The short forms: a time or a number for a spread, one word or text where an object or a list may stand.</summary>
internal static class ScenarioForms
{
    /// <summary>Without the short forms of the same type, or they would call themselves for ever.</summary>
    internal static ScenarioJson Long { get; } = new(With(new SpreadForm(), new TextsForm()));

    internal static ScenarioJson All { get; } =
        new(With(new SpreadForm(), new TextsForm(), new ReportForm(), new HappeningForm()));

    private static JsonSerializerOptions With(params JsonConverter[] forms)
    {
        var options = new JsonSerializerOptions(ScenarioJson.Default.Options);
        foreach (var form in forms)
        {
            options.Converters.Add(form);
        }
        return options;
    }

    private sealed class SpreadForm : JsonConverter<Spread>
    {
        public override Spread Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? new("fixed", reader.GetDouble())
                : Spread.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Spread value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Scenarios are read only.");
    }

    private sealed class TextsForm : JsonConverter<IReadOnlyList<string>>
    {
        public override IReadOnlyList<string> Read(
            ref Utf8JsonReader reader,
            Type type,
            JsonSerializerOptions options
        )
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return [reader.GetString()!];
            }
            var texts = new List<string>();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            return texts;
        }

        public override void Write(
            Utf8JsonWriter writer,
            IReadOnlyList<string> value,
            JsonSerializerOptions options
        ) => throw new NotSupportedException("Scenarios are read only.");
    }

    private sealed class ReportForm : JsonConverter<ReportRule>
    {
        public override ReportRule? Read(
            ref Utf8JsonReader reader,
            Type type,
            JsonSerializerOptions options
        ) =>
            reader.TokenType != JsonTokenType.String ? JsonSerializer.Deserialize(ref reader, Long.ReportRule)
            : reader.ValueTextEquals("none") ? new(Never: true)
            : throw new JsonException("A report is an object or \"none\".");

        public override void Write(Utf8JsonWriter writer, ReportRule value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Scenarios are read only.");
    }

    private sealed class HappeningForm : JsonConverter<HappeningDeed>
    {
        public override HappeningDeed? Read(
            ref Utf8JsonReader reader,
            Type type,
            JsonSerializerOptions options
        ) =>
            reader.TokenType == JsonTokenType.String
                ? new(reader.GetString())
                : JsonSerializer.Deserialize(ref reader, Long.HappeningDeed);

        public override void Write(
            Utf8JsonWriter writer,
            HappeningDeed value,
            JsonSerializerOptions options
        ) => throw new NotSupportedException("Scenarios are read only.");
    }
}
