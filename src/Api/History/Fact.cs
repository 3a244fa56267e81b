using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Projections.History;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>One stored fact with everything that is known about it.</summary>
/// <param name="Position">In the whole store; later facts have higher ones.</param>
/// <param name="Version">In its stream, from 1.</param>
/// <param name="Type">Such as <c>message_delivered</c>.</param>
/// <param name="Schema">The version of the form of <paramref name="Data"/>; see <c>/v1/events/schemas</c>.</param>
/// <param name="Actor">Who caused it, opaque: <c>key:…</c>, <c>device:…</c>, <c>system:…</c>.</param>
/// <param name="At">When it happened, by the clock that the fact names; null for a fact without one.</param>
/// <param name="RecordedAt">When the store wrote it, by the database's clock.</param>
public sealed record Fact(
    Guid Id,
    long Position,
    Guid Stream,
    long Version,
    string Type,
    int Schema,
    string? Actor,
    string? Correlation,
    string? Causation,
    string? At,
    Instant RecordedAt,
    FactContent Data
)
{
    public static Fact Of(StoredFact f) =>
        new(
            f.Id,
            f.Position,
            f.Stream,
            f.Version,
            f.Type,
            f.Schema,
            f.Actor,
            f.Correlation,
            f.Causation,
            f.At,
            Instant.FromDateTimeUtc(f.RecordedAt),
            new(f.Json)
        );
}

/// <summary>A fact as it is stored: JSON that is passed on as it is.</summary>
[JsonConverter(typeof(AsItIs))]
public readonly record struct FactContent(ReadOnlyMemory<byte> Json)
{
    private sealed class AsItIs : JsonConverter<FactContent>
    {
        public override FactContent Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new(JsonSerializer.SerializeToUtf8Bytes(document.RootElement));
        }

        public override void Write(Utf8JsonWriter writer, FactContent value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
    }
}
