using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Projections.History;

/// <summary>One fact as the log gives it.</summary>
/// <param name="Position">In the whole store; later facts have higher ones. Positions have holes.</param>
/// <param name="Version">In its stream, from 1.</param>
/// <param name="Type">Without the version of its form, such as <c>message_doubted</c>.</param>
/// <param name="Schema">The version of the form that <paramref name="Json"/> has, from 1.</param>
/// <param name="At">When it happened, as written in the fact; null for one that doesn't say.</param>
/// <param name="RecordedAt">By the database's clock, UTC.</param>
/// <param name="Json">The fact itself, UTF-8, in its newest form.</param>
public sealed record StoredFact(
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
    DateTime RecordedAt,
    ReadOnlyMemory<byte> Json
)
{
    /// <summary>Whether it carries what somebody wrote.</summary>
    public bool HasText => Carries(Type);

    /// <summary>Whether facts of this type carry what somebody wrote.</summary>
    public static bool Carries(string type) => type is "message_queued" or "inbound_message_received";
}

/// <summary>Some facts in the order of the log, and where to go on.</summary>
/// <param name="After">The position up to which the log was read; ask for what is after it.</param>
/// <param name="More">Whether facts may stand behind it already.</param>
public sealed record FactPage(IReadOnlyList<StoredFact> Facts, long After, bool More)
{
    /// <summary>Whether any of them carries what somebody wrote.</summary>
    public bool HasTexts => Facts.Any(fact => fact.HasText);
}

/// <summary>A form that events were stored in, and how it is turned into the newest one.</summary>
/// <param name="Name">Under which it stands in the store, such as <c>message_doubted_v2</c>.</param>
/// <param name="Type">What it is called outside, whatever its form.</param>
/// <param name="Schema">Counted from 1.</param>
/// <param name="Event">What it is in the code; null for a form that only <paramref name="Renew"/> knows.</param>
/// <param name="Renew">Null for the newest form.</param>
public sealed partial record EventForm(
    string Name,
    string Type,
    int Schema,
    Type? Event,
    Func<JsonObject, JsonObject>? Renew
)
{
    /// <summary>From the name in the store; without a number at its end it is the first form.</summary>
    public static EventForm Of(string name, Type? @event, Func<JsonObject, JsonObject>? renew) =>
        Numbered().Match(name) is { Success: true } match
            ? new(
                name,
                match.Groups[1].Value,
                int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
                @event,
                renew
            )
            : new(name, name, 1, @event, renew);

    [GeneratedRegex(@"^(.+)_v(\d+)$")]
    private static partial Regex Numbered();
}

/// <summary>All forms of all events.</summary>
public sealed class EventForms(IReadOnlyCollection<EventForm> all)
{
    private readonly Dictionary<string, EventForm> byName = all.ToDictionary(form => form.Name);

    private readonly ILookup<string, EventForm> byType = all.ToLookup(form => form.Type);

    /// <summary>The newest form of each event, in the order of their names.</summary>
    public IReadOnlyList<EventForm> Newest { get; } =
    [.. all.Where(form => form.Renew is null).OrderBy(form => form.Type, StringComparer.Ordinal)];

    /// <summary>The versions of an event that are read.</summary>
    public IReadOnlyList<int> VersionsOf(string type) =>
        [.. byType[type].Select(form => form.Schema).Order()];

    /// <summary>Whether there is an event of this type.</summary>
    public bool Knows(string type) => byType.Contains(type);

    /// <summary>Whether events are, or were, stored under this name.</summary>
    public bool Stores(string name) => byName.ContainsKey(name);

    /// <summary>The names in the store of an event, one for each of its forms.</summary>
    public IEnumerable<string> NamesOf(string type) => byType[type].Select(form => form.Name);

    /// <summary>Type, version and content of a stored event in its newest form; one that nobody knows is left as it is.</summary>
    public (string Type, int Schema, ReadOnlyMemory<byte> Json) Renewed(
        string name,
        ReadOnlyMemory<byte> json
    )
    {
        if (!byName.TryGetValue(name, out var form))
        {
            return (name, 1, json);
        }

        if (form.Renew is null)
        {
            return (form.Type, form.Schema, json);
        }

        var newest = byType[form.Type].Max(other => other.Schema);
        var renewed = form.Renew(JsonNode.Parse(json.Span)!.AsObject());
        return (form.Type, newest, Encoding.UTF8.GetBytes(renewed.ToJsonString()));
    }
}
