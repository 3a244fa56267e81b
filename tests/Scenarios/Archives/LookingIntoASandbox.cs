using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Scenarios.Archives;

public sealed class LookingIntoASandbox(SharedGateway shared)
{
    private const string Alice = "+447700900123";
    private const string Secret = "The vault opens with 4711 at noon";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_shows_the_same_states_and_nothing_personal()
    {
        var host = await shared.Host;
        await using var tenant = await host.NewTenant();
        await tenant.Connect();
        var earlier = await tenant.Send(Alice, "Something else");
        await tenant.Until(earlier, "delivered");
        var id = await tenant.Send(Alice, Secret, new { tags = new[] { "burglary" } });
        await tenant.Until(id, "delivered");
        await Views.VariedHistory.CaughtUp(host);
        var file = Path.Combine(host.Folder, $"{id}.gwi");
        await File.WriteAllBytesAsync(
            file,
            await tenant.Http.GetByteArrayAsync($"/v1/archive?around={id}", Cancellation),
            Cancellation
        );

        using var sandbox = await SandboxProgram.Of(file);
        using var http = sandbox.Http();

        Assert.Equal(await Steps(tenant.Http, id), await Steps(http, id));
        var message = await http.GetFromJsonAsync<JsonElement>($"/v1/messages/{id}", Cancellation);
        Assert.Equal("delivered", message.GetProperty("status").GetString());
        Assert.Equal(Secret.Length, message.GetProperty("text").GetString()!.Length);
        var thread = message.GetProperty("conversationId").GetGuid();
        var entries = await http.GetFromJsonAsync<JsonElement>(
            $"/v1/conversations/{thread}/entries",
            Cancellation
        );
        Assert.Equal(
            [earlier, id],
            entries
                .GetProperty("items")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("id").GetGuid())
                .Order()
        );
        var content = await Unpacked(file);
        Assert.DoesNotContain(
            new[] { Alice, Secret, "4711", "Something else", "burglary", tenant.Name },
            personal => content.Contains(personal)
        );
    }

    [Fact]
    public async Task What_would_change_something_is_refused_and_nothing_of_a_sandbox_stays()
    {
        var host = await shared.Host;
        await using var tenant = await host.NewTenant();
        var id = await tenant.Send(Alice, "Waits for ever");
        await tenant.Until(id, "held");
        await Views.VariedHistory.CaughtUp(host);
        var file = Path.Combine(host.Folder, $"{id}.gwi");
        await File.WriteAllBytesAsync(
            file,
            await tenant.Http.GetByteArrayAsync($"/v1/archive?around={id}", Cancellation),
            Cancellation
        );
        using var sandbox = await SandboxProgram.Of(file);
        using var http = sandbox.Http();

        foreach (
            var path in new[]
            {
                "/v1/messages",
                $"/v1/messages/{id}/cancel",
                "/v1/keys",
                "/v1/projections/rebuilds",
                "/agent/v1/pair",
            }
        )
        {
            using var refused = await http.PostAsJsonAsync(
                path,
                new { to = Alice, text = "x" },
                Cancellation
            );
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("sandbox-is-read-only", await refused.Content.ReadAsStringAsync(Cancellation));
        }

        foreach (
            var path in new[]
            {
                $"/v1/messages/{id}/why",
                $"/v1/messages/{id}/diff?from=1",
                "/v1/messages?status=held",
                "/v1/conversations",
                "/v1/audit",
                "/v1/events",
                "/v1/devices",
                "/v1/webhooks",
                "/v1/keys",
                "/v1/projections",
                "/health/ready",
            }
        )
        {
            using var shown = await http.GetAsync(path, Cancellation);
            var text = await shown.Content.ReadAsStringAsync(Cancellation);
            Assert.True(shown.IsSuccessStatusCode, $"{path}: {(int)shown.StatusCode} {text}");
        }

        Assert.Empty(await sandbox.End());
    }

    [Fact]
    public async Task A_part_of_the_log_is_the_streams_that_went_on_in_it_from_their_beginning()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "ranges");
        var key = await host.NewKey("default");
        await using var tenant = new TestTenant(host, "default", key);
        var before = await tenant.Send(Alice, "Before");
        await tenant.Until(before, "held");
        var after = await tenant.Send(Alice, "After");
        await tenant.Until(after, "held");
        await Views.VariedHistory.CaughtUp(host);
        var last = (await tenant.Get($"/v1/messages/{after}/events")).EnumerateArray().Last();
        var position = last.GetProperty("position").GetInt64();
        var file = Path.Combine(host.Folder, "part.gwr");
        var road = $"/v1/archive?after={position - 1}&upTo={position}";
        await File.WriteAllBytesAsync(
            file,
            await tenant.Http.GetByteArrayAsync(road, Cancellation),
            Cancellation
        );

        using var sandbox = await SandboxProgram.Of(file);
        using var http = sandbox.Http();

        var messages = await http.GetFromJsonAsync<JsonElement>("/v1/messages", Cancellation);
        Assert.Equal(
            after,
            Assert.Single(messages.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid()
        );
        Assert.Equal(await Steps(tenant.Http, after), await Steps(http, after));
    }

    /// <summary>Why a message is as it is: kinds of facts, their times and ids, and what became of it.</summary>
    private static async Task<IReadOnlyList<string>> Steps(HttpClient http, Guid id)
    {
        var why = await http.GetFromJsonAsync<JsonElement>($"/v1/messages/{id}/why", Cancellation);
        return
        [
            .. why.GetProperty("steps")
                .EnumerateArray()
                .Select(step =>
                {
                    var fact = step.GetProperty("fact");
                    return $"{fact.GetProperty("position")} {fact.GetProperty("id")} {fact.GetProperty("type")} "
                        + $"{fact.GetProperty("recordedAt")} {step.GetProperty("status")}";
                }),
        ];
    }

    private static async Task<string> Unpacked(string file)
    {
        await using var gzip = new System.IO.Compression.GZipStream(
            File.OpenRead(file),
            System.IO.Compression.CompressionMode.Decompress
        );
        using var reader = new StreamReader(gzip);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
