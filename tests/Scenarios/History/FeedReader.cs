using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Gateway.Scenarios.History;

/// <summary>Follows the feed as an outside system would.</summary>
internal static class FeedReader
{
    /// <summary>The facts that come over one connection, from behind a position; <paramref name="take"/> ends it.</summary>
    public static async IAsyncEnumerable<(long Id, string Type, JsonElement Fact)> Follow(
        HttpClient http,
        string query,
        long? lastEventId,
        int take = int.MaxValue,
        [EnumeratorCancellation] CancellationToken stop = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events{query}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", $"{id}");
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var parser = SseParser.Create(body);
        await foreach (var item in parser.EnumerateAsync(stop))
        {
            if (item.Data.Length == 0)
            {
                continue;
            }

            yield return (
                long.Parse(parser.LastEventId, System.Globalization.CultureInfo.InvariantCulture),
                item.EventType,
                JsonSerializer.Deserialize<JsonElement>(item.Data)
            );
            if (--take == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Every fact behind a position, page by page, until the end of the log.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Pages(
        TestTenant tenant,
        string query,
        long after = 0,
        int limit = 7
    )
    {
        var facts = new List<JsonElement>();
        while (true)
        {
            var page = await tenant.Get($"/v1/events?after={after}&limit={limit}{query}");
            facts.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("after").GetInt64();
            if (!page.GetProperty("more").GetBoolean())
            {
                return facts;
            }
        }
    }
}
