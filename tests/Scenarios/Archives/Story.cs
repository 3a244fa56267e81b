using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Scenarios.Archives;

/// <summary>Why messages are as they are, in a few words.</summary>
public static class Story
{
    /// <summary>Of the message that has a fact of this type: each of its own facts, and its status with it.</summary>
    public static async Task<IReadOnlyList<string>> WithA(string type, HttpClient http)
    {
        var facts = await http.GetFromJsonAsync<JsonElement>($"/v1/audit?type={type}");
        var id = facts.GetProperty("items")[0].GetProperty("stream").GetGuid();
        var why = await http.GetFromJsonAsync<JsonElement>($"/v1/messages/{id}/why");
        return
        [
            .. why.GetProperty("steps")
                .EnumerateArray()
                .Where(step => step.GetProperty("isOwn").GetBoolean())
                .Select(step =>
                    $"{step.GetProperty("fact").GetProperty("type").GetString()} {step.GetProperty("status").GetString()}"
                ),
        ];
    }
}
