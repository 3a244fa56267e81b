using Gateway.Application;
using Gateway.Projections.History;
using JasperFx.Events;
using Marten;
using Marten.Events;

namespace Gateway.Specs.Events;

/// <summary>Every event that the store knows, and how it writes one.</summary>
internal static class StoredEvents
{
    private static readonly StoreOptions Store = Configured();

    /// <summary>By stored name.</summary>
    public static IReadOnlyList<(string Name, Type Type)> All { get; } =
    [
        .. ((IReadOnlyEventStoreOptions)Store.Events)
            .AllKnownEventTypes()
            .Where(known => known.EventType.Namespace!.StartsWith("Gateway.", StringComparison.Ordinal))
            .Where(known => !EarlierForms.All.ContainsKey(known.EventTypeName))
            .Select(known => (known.EventTypeName, known.EventType)),
    ];

    /// <summary>One row per event, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(known => known.Name)];

    public static Type TypeOf(string name) => All.Single(known => known.Name == name).Type;

    /// <summary>The name without the version of its form, and that version.</summary>
    public static EventForm FormOf(string name) => EventForm.Of(name, null, null);

    public static string Write(object e) => Store.Serializer().ToJson(e);

    public static object Read(Type type, string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        return Store.Serializer().FromJson(type, stream);
    }

    private static StoreOptions Configured()
    {
        var store = new StoreOptions();
        store.UseStoredJson();
        store.AddStreams();
        return store;
    }
}
