using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Gateway.Application;
using Gateway.Domain.Telephony;
using Gateway.Projections.History;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>What one event looks like.</summary>
/// <param name="Version">Of the form that is told today.</param>
/// <param name="Read">Every version that may stand in the store; older ones are told in the form of today.</param>
/// <param name="Schema">JSON Schema (draft 2020-12) of <c>data</c>.</param>
public sealed record EventSchema(string Type, int Version, IReadOnlyList<int> Read, JsonNode Schema);

/// <summary>The schemas of all events, made from the records they are written from.</summary>
public sealed class EventSchemas(EventForms forms)
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
    }.AddDomainValues();

    private static readonly JsonSchemaExporterOptions Exported = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Value(context.TypeInfo.Type) ?? schema,
    };

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<EventSchema> All { get; } =
    [
        .. forms.Newest.Select(form => new EventSchema(
            form.Type,
            form.Schema,
            forms.VersionsOf(form.Type),
            Schema(form)
        )),
    ];

    private static JsonObject Schema(EventForm form)
    {
        var schema = Json.GetJsonSchemaAsNode(form.Event!, Exported).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", form.Type);
        schema["type"] = "object";
        return schema;
    }

    /// <summary>How the values of the domain are written.</summary>
    private static JsonObject? Value(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type);
        JsonObject? value =
            (plain ?? type) == typeof(Instant) ? new() { ["type"] = "string", ["format"] = "date-time" }
            : (plain ?? type) == typeof(Msisdn)
                ? new() { ["type"] = "string", ["pattern"] = @"^\+[1-9]\d{6,14}$" }
            : null;
        if (value is not null && plain is not null)
        {
            value["type"] = new JsonArray("string", "null");
        }

        return value;
    }
}
