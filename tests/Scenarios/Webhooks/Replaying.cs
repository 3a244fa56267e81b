using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.Webhooks;

/// <summary>A webhook of a tenant, to which its history is told again.</summary>
public sealed record Replaying(TestTenant Tenant, string Path)
{
    /// <summary>Registers an address for these event types.</summary>
    public static async Task<Replaying> To(TestTenant tenant, Receiver receiver, params string[] events)
    {
        var made = await tenant.Post(
            "/v1/webhooks",
            new { url = receiver.Url, events },
            HttpStatusCode.Created
        );
        return new(tenant, $"/v1/webhooks/{made.GetProperty("id").GetString()}");
    }

    /// <summary>Orders so many texts.</summary>
    public static async Task Send(TestTenant tenant, int texts)
    {
        for (var text = 1; text <= texts; text++)
        {
            await tenant.Send("+447700900123", $"Text {text}");
        }
    }

    /// <summary>Begins a replay of the whole log; answers with its address.</summary>
    public async Task<string> Begin(int ratePerSecond = 100)
    {
        var made = await Tenant.Post(
            $"{Path}/replays",
            new { from = "0", ratePerSecond },
            HttpStatusCode.Accepted
        );
        return $"{Path}/replays/{made.GetProperty("id").GetString()}";
    }

    /// <summary>Pauses, resumes or stops a replay.</summary>
    public Task<JsonElement> Steer(string replay, string verb) =>
        Tenant.Post($"{replay}/{verb}", new { }, HttpStatusCode.OK);

    /// <summary>The replay, once it is so.</summary>
    public async Task<JsonElement> Until(string replay, Func<JsonElement, bool> isSo)
    {
        JsonElement found = default;
        await Eventually.True(async () => isSo(found = await Tenant.Get(replay)));
        return found;
    }

    /// <summary>The replay, once it has this status.</summary>
    public Task<JsonElement> Until(string replay, string status) =>
        Until(replay, found => found.GetProperty("status").GetString() == status);

    /// <summary>The facts of a replay, in their order.</summary>
    public async Task<IReadOnlyList<string>> Facts(string replay) =>
        [
            .. (await Tenant.Get($"/v1/audit?stream={replay.Split('/')[^1]}"))
                .GetProperty("items")
                .EnumerateArray()
                .Select(fact => fact.GetProperty("type").GetString()!),
        ];
}
