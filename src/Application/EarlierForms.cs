using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Domain.Messages;
using Marten;
using Marten.Services.Json.Transformations.SystemTextJson;

namespace Gateway.Application;

/// <summary>
/// Forms in which events are stored and are not written any more. Each is turned into the form of today as JSON, so that
/// whoever reads the store as it is and whoever folds it see the same.
/// </summary>
public static class EarlierForms
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(
        JsonSerializerDefaults.Web
    ).AddDomainValues();

    /// <summary>By the name in the store.</summary>
    public static IReadOnlyDictionary<string, Func<JsonObject, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonObject, JsonObject>> { ["message_doubted"] = DoubtWithReason };

    /// <summary>Has Marten read them.</summary>
    public static void AddEarlierForms(this StoreOptions store) =>
        store.Read<MessageDoubted>("message_doubted");

    private static void Read<T>(this StoreOptions store, string name)
        where T : class =>
        store.Events.Upcast<T>(
            name,
            JsonTransformations.Upcast(stored =>
                All[name](JsonObject.Create(stored.RootElement)!).Deserialize<T>(Json)!
            )
        );

    /// <summary>Up to version 1 one text said both why it was doubted and what the device had seen.</summary>
    private static JsonObject DoubtWithReason(JsonObject stored)
    {
        var evidence = (string?)stored["evidence"];
        var isSilence = evidence == MessageReasons.NoAnswer;
        stored["reason"] = isSilence ? MessageReasons.NoAnswer : MessageReasons.DeviceUnsure;
        stored["evidence"] = isSilence ? null : evidence;
        return stored;
    }
}
