using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Domain.Messages;
using Gateway.Domain.Webhooks;
using JasperFx.Events;
using NodaTime;

namespace Gateway.Application.Webhooks;

/// <summary>
/// What an endpoint is told of one event, in the form of Standard Webhooks: <c>type</c>, <c>timestamp</c> (when the store
/// recorded it) and <c>data</c>. Made of the history up to that event only, so every attempt tells the same.
/// </summary>
public static class WebhookPayload
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }.AddDomainValues();

    /// <summary>The body of the request.</summary>
    /// <param name="message">The message as it stood with this event; null when the event is not about one.</param>
    public static string Of(IEvent e, Message? message)
    {
        var data = new JsonObject
        {
            ["id"] = e.StreamId.ToString(),
            ["version"] = e.Version,
            ["position"] = e.Sequence,
        };
        if (message is not null)
        {
            AddMessage(data, message);
        }
        else if (e.Data is InboundMessageReceived)
        {
            data["status"] = "received";
        }

        data["event"] = JsonSerializer.SerializeToNode(e.Data, e.Data.GetType(), Json);
        var body = new JsonObject
        {
            ["type"] = WebhookEventTypes.NameOf(e.Data),
            ["timestamp"] = StoredJson.Write(Instant.FromDateTimeOffset(e.Timestamp)),
            ["data"] = data,
        };
        return body.ToJsonString(Json);
    }

    private static void AddMessage(JsonObject data, Message message)
    {
        data["status"] = MessageWords.Of(message.Status);
        data["markers"] = JsonSerializer.SerializeToNode(MessageWords.Of(message.Markers), Json);
        if (message.Order is { } order)
        {
            data["to"] = order.To.Value;
            data["text"] = order.Text;
            data["tags"] = JsonSerializer.SerializeToNode(order.Tags, Json);
            data["metadata"] = order.Metadata is { } metadata ? JsonNode.Parse(metadata) : null;
        }
    }
}
