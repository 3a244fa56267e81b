using System.Text.Json.Nodes;

namespace Gateway.Api.History;

/// <summary>Describes the feed in the words of AsyncAPI 3.0.0.</summary>
public static class AsyncApi
{
    public static JsonObject Describe(EventSchemas schemas) =>
        new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Gateway",
                ["version"] = "v1",
                ["description"] =
                    "Every fact of a tenant, in the order it was recorded, as server-sent events.",
            },
            ["defaultContentType"] = "application/json",
            ["channels"] = new JsonObject
            {
                ["events"] = new JsonObject
                {
                    ["address"] = "/v1/events",
                    ["description"] =
                        "GET with Accept: text/event-stream and a key. The id of each event is its position; "
                        + "Last-Event-ID goes on behind one.",
                    ["messages"] = Each(schemas, schema => Reference($"#/components/messages/{schema.Type}")),
                },
            },
            ["operations"] = new JsonObject
            {
                ["follow"] = new JsonObject
                {
                    ["action"] = "send",
                    ["channel"] = Reference("#/channels/events"),
                    ["summary"] = "The gateway tells what was recorded, then what comes.",
                },
            },
            ["components"] = new JsonObject
            {
                ["messages"] = Each(
                    schemas,
                    schema => new JsonObject
                    {
                        ["name"] = schema.Type,
                        ["payload"] = Reference($"#/components/schemas/{schema.Type}_fact"),
                    }
                ),
                ["schemas"] = new JsonObject([
                    .. schemas.All.Select(schema => Entry($"{schema.Type}_fact", Envelope(schema))),
                ]),
            },
        };

    private static JsonObject Each(EventSchemas schemas, Func<EventSchema, JsonNode> value) =>
        new([.. schemas.All.Select(schema => Entry(schema.Type, value(schema)))]);

    private static KeyValuePair<string, JsonNode?> Entry(string name, JsonNode value) => new(name, value);

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };

    private static JsonObject Envelope(EventSchema schema) =>
        new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["id"] = Text("uuid"),
                ["position"] = new JsonObject { ["type"] = "integer" },
                ["stream"] = Text("uuid"),
                ["version"] = new JsonObject { ["type"] = "integer" },
                ["type"] = new JsonObject { ["const"] = schema.Type },
                ["schema"] = new JsonObject { ["const"] = schema.Version },
                ["actor"] = Nullable(),
                ["correlation"] = Nullable(),
                ["causation"] = Nullable(),
                ["at"] = Nullable(),
                ["recordedAt"] = Text("date-time"),
                ["data"] = schema.Schema.DeepClone(),
            },
        };

    private static JsonObject Text(string format) => new() { ["type"] = "string", ["format"] = format };

    private static JsonObject Nullable() => new() { ["type"] = new JsonArray("string", "null") };
}
