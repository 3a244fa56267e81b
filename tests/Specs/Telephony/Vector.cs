using System.Text.Json;

namespace Gateway.Specs.Telephony;

/// <summary>One entry of <c>tests/Vectors/sms-pdu.json</c>: what goes in and what must come out.</summary>
public sealed record Vector(string Id, string Kind, JsonElement Inputs, JsonElement Expected)
{
    private static readonly Dictionary<string, Vector> ById = Load();

    /// <summary>The ids of one kind, as rows of a theory.</summary>
    public static TheoryData<string> Ids(string kind) => [.. All(kind).Select(vector => vector.Id)];

    public static IEnumerable<Vector> All(string kind) => ById.Values.Where(vector => vector.Kind == kind);

    public static Vector Of(string id) => ById[id];

    private static Dictionary<string, Vector> Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Vectors", "sms-pdu.json");
        var file = JsonSerializer.Deserialize<VectorFile>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
        return file.Vectors.ToDictionary(vector => vector.Id);
    }

    private sealed record VectorFile(IReadOnlyList<Vector> Vectors);
}

/// <summary>Reads optional fields of a vector.</summary>
internal static class VectorFields
{
    public static string Text(this JsonElement element, string name) =>
        element.GetProperty(name).GetString()!;

    public static string? MaybeText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static int? MaybeNumber(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetInt32()
            : null;

    public static bool Flag(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    public static IReadOnlyList<int> Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];
}
