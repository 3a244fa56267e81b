using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.History;

/// <summary>Asks for exports of the audit as a customer would.</summary>
internal static class Export
{
    /// <summary>Asks for one, and waits until it is done.</summary>
    public static async Task<JsonElement> Done(TestTenant tenant, object wanted)
    {
        var id = await Ask(tenant, wanted);
        return await Until(tenant, id, "done");
    }

    public static async Task<Guid> Ask(TestTenant tenant, object wanted) =>
        (await tenant.Post("/v1/audit/exports", wanted, HttpStatusCode.Accepted)).GetProperty("id").GetGuid();

    /// <summary>Waits until it has this status; returns it.</summary>
    public static async Task<JsonElement> Until(TestTenant tenant, Guid id, string status)
    {
        var last = default(JsonElement);
        var found = await TestTenant.Until(async () =>
        {
            last = await tenant.Get($"/v1/audit/exports/{id}");
            return last.GetProperty("status").GetString() == status ? last : null;
        });
        return found ?? throw new TimeoutException($"The export is not '{status}': {last}");
    }

    /// <summary>Waits until the log is complete beyond all facts of a message that nobody carries away.</summary>
    public static Task Settled(TestTenant tenant, Guid message) =>
        TestTenant.Until(async () =>
        {
            var feed = await tenant.Get($"/v1/events?stream={message}");
            var facts = await tenant.Get($"/v1/messages/{message}/events");
            return
                facts.GetArrayLength() > 1
                && feed.GetProperty("items").GetArrayLength() == facts.GetArrayLength()
                ? feed
                : null;
        });

    /// <summary>A tenant that has sent some texts to one number.</summary>
    public static async Task<TestTenant> TenantWithTexts(GatewayHost host, int count)
    {
        var tenant = await host.NewTenant();
        var last = Guid.Empty;
        for (var i = 0; i < count; i++)
        {
            last = await tenant.Send("+447700900123", $"Text {i} über 👋");
        }

        await Settled(tenant, last);
        return tenant;
    }

    /// <summary>Fetches the file of a finished one.</summary>
    public static async Task<IReadOnlyList<string>> Lines(TestTenant tenant, JsonElement export)
    {
        var content = $"/v1/audit/exports/{export.GetProperty("id").GetGuid()}/content";
        var text = await tenant.Http.GetStringAsync(content, TestContext.Current.CancellationToken);
        return text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
    }

    /// <summary>Who was shown the file of one, oldest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Readings(TestTenant tenant) =>
        [
            .. (await tenant.Get("/v1/audit?type=content_read"))
                .GetProperty("items")
                .EnumerateArray()
                .Where(fact => fact.GetProperty("data").GetProperty("what").GetString() == "export"),
        ];

    /// <summary>What lies in a gateway's folder for exports.</summary>
    public static IEnumerable<string> Files(GatewayHost host) =>
        Directory.Exists(Path.Combine(host.Folder, "exports"))
            ? Directory.EnumerateFiles(Path.Combine(host.Folder, "exports"))
            : [];
}
