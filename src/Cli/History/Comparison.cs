using System.Text.Json;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary>What is not the same in two answers.</summary>
public static class Comparison
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>Value by value, by the rules of the gateway's own <c>diff</c>; what is new lists all it has.</summary>
    public static IReadOnlyList<Change> Of(JsonElement? before, JsonElement? after) =>
        [.. Of("", before, after)];

    private static IEnumerable<Change> Of(string path, JsonElement? before, JsonElement? after) =>
        (before, after) switch
        {
            _ when IsSame(before, after) => [],
            (null, { ValueKind: JsonValueKind.Object }) => Of(path, Nothing, after),
            ({ ValueKind: JsonValueKind.Object } a, { ValueKind: JsonValueKind.Object } b) =>
                a.EnumerateObject()
                    .Concat(b.EnumerateObject())
                    .Select(field => field.Name)
                    .Distinct()
                    .SelectMany(name => Of($"{path}/{Escaped(name)}", Field(a, name), Field(b, name))),
            ({ ValueKind: JsonValueKind.Array } a, { ValueKind: JsonValueKind.Array } b) => Enumerable
                .Range(0, Math.Max(a.GetArrayLength(), b.GetArrayLength()))
                .SelectMany(i => Of($"{path}/{i}", Item(a, i), Item(b, i))),
            _ => [new(path, before, after)],
        };

    private static bool IsSame(JsonElement? before, JsonElement? after) =>
        (before, after) switch
        {
            ({ } a, { } b) => JsonElement.DeepEquals(a, b),
            var (a, b) => a is null && b is null,
        };

    private static JsonElement? Field(JsonElement whole, string name) =>
        whole.TryGetProperty(name, out var value) ? Known(value) : null;

    private static JsonElement? Item(JsonElement list, int place) =>
        place < list.GetArrayLength() ? Known(list[place]) : null;

    private static JsonElement? Known(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? null : value;

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
