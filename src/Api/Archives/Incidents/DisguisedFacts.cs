using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Application;
using Gateway.Domain.Telephony;
using Gateway.Projections.History;

namespace Gateway.Api.Archives.Incidents;

/// <summary>Facts in which everything personal is replaced. They are told in their newest forms, which alone are known by heart.</summary>
public sealed class DisguisedFacts(EventForms forms)
{
    private const BindingFlags Members =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

    /// <summary>The same facts of the same streams, of a tenant whose name says nothing.</summary>
    public IEnumerable<ArchivedFact> Of(IReadOnlyList<ArchivedFact> facts)
    {
        var disguise = new Disguise();
        var renewed = facts.Select(Renewed).ToList();
        foreach (var (_, type, json) in renewed)
        {
            Walk(json, type, disguise.Replace, text => text);
        }

        // Only when all numbers are known, it is known which ids are made from them.
        var ids = disguise.DerivedIds();
        foreach (var (fact, type, json) in renewed)
        {
            Walk(json, type, (_, text) => text, Id);
            yield return fact with
            {
                Tenant = SystemTenant.First,
                Stream = ids.GetValueOrDefault(fact.Stream, fact.Stream),
                Data = JsonSerializer.SerializeToElement(json),
                Headers = null,
            };
        }

        string Id(string text) =>
            Guid.TryParse(text, out var id) && ids.TryGetValue(id, out var other) ? other.ToString() : text;
    }

    private (ArchivedFact, Type, JsonObject) Renewed(ArchivedFact fact)
    {
        var octets = JsonSerializer.SerializeToUtf8Bytes(fact.Data);
        var (name, _, newest) = forms.Renewed(fact.Type, octets);
        var form = forms.Newest.Single(form => form.Type == name);
        return (fact with { Type = form.Name }, form.Event!, JsonNode.Parse(newest.Span)!.AsObject());
    }

    /// <summary>Replaces in place. What the record of the event doesn't know, nobody has judged: it is taken out.</summary>
    private static void Walk(
        JsonObject json,
        Type type,
        Func<Personal, string, string> replace,
        Func<string, string> id
    )
    {
        foreach (var (name, value) in json.ToList())
        {
            if (type.GetProperty(name, Members) is not { } member)
            {
                json.Remove(name);
            }
            else
            {
                var changed = Changed(value, member, member.PropertyType, replace, id);
                if (!ReferenceEquals(changed, value))
                {
                    json[name] = changed;
                }
            }
        }
    }

    private static JsonNode? Changed(
        JsonNode? value,
        PropertyInfo member,
        Type type,
        Func<Personal, string, string> replace,
        Func<string, string> id
    )
    {
        switch (value)
        {
            case JsonObject o:
                Walk(o, type, replace, id);
                return o;
            case JsonArray list:
                var item = type.GenericTypeArguments[0];
                JsonNode?[] changed =
                [
                    .. list.Select(entry => Changed(entry?.DeepClone(), member, item, replace, id)),
                ];
                return new JsonArray(changed);
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                var original = text.GetValue<string>();
                return PersonalFields.Of(member) is { } how ? replace(how, original) : id(original);
            default:
                return value;
        }
    }
}
