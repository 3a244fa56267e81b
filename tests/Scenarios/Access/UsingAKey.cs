using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Scenarios.Access;

public class UsingAKey(SharedGateway shared)
{
    [Fact]
    public async Task Without_a_key_with_a_wrong_one_and_without_the_scope_the_answer_says_so()
    {
        var host = await shared.Host;
        await using var reader = await host.NewTenant("messages:read");
        using var nobody = host.Client(null);
        using var stranger = host.Client("gk_wrong");

        Assert.Equal((HttpStatusCode.Unauthorized, "api-key-is-missing"), await Try(nobody));
        Assert.Equal((HttpStatusCode.Unauthorized, "api-key-is-invalid"), await Try(stranger));
        Assert.Equal((HttpStatusCode.Forbidden, "scope-is-missing"), await Try(reader.Http));
    }

    [Fact]
    public async Task A_revoked_key_lets_nobody_in_any_more()
    {
        var host = await shared.Host;
        await using var tenant = await host.NewTenant();
        var made = await tenant.Post(
            "/v1/keys",
            new { name = "shop", scopes = new[] { "messages:*" } },
            HttpStatusCode.Created
        );
        using var shop = host.Client(made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await Try(shop)).Status);

        using var revoked = await tenant.Http.DeleteAsync(
            $"/v1/keys/{made.GetProperty("id").GetGuid()}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        var refused = await TestTenant.Until(async () =>
            (await Try(shop)).Status == HttpStatusCode.Unauthorized ? made : (JsonElement?)null
        );

        Assert.NotNull(refused);
    }

    [Fact]
    public async Task An_expired_key_lets_nobody_in()
    {
        await using var host = await GatewayHost.Start(shared.Cluster, "expired_key");
        await using var tenant = await host.NewTenant();
        var expiresAt = DateTimeOffset.UtcNow.AddHours(1).ToString("O");
        var made = await tenant.Post(
            "/v1/keys",
            new
            {
                name = "an hour",
                scopes = new[] { "messages:send" },
                expiresAt,
            },
            HttpStatusCode.Created
        );
        using var client = host.Client(made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await Try(client)).Status);

        host.Time.Move(TimeSpan.FromHours(1));

        Assert.Equal((HttpStatusCode.Unauthorized, "api-key-is-invalid"), await Try(client));
    }

    [Fact]
    public async Task A_scope_that_does_not_exist_is_refused_and_a_key_is_shown_only_once()
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var unknown = await tenant.Post(
            "/v1/keys",
            new { name = "x", scopes = new[] { "messages:eat" } },
            HttpStatusCode.UnprocessableEntity
        );
        var made = await tenant.Post(
            "/v1/keys",
            new { name = "y", scopes = new[] { "audit:read" } },
            HttpStatusCode.Created
        );
        var listed = (await tenant.Get("/v1/keys")).GetRawText();

        Assert.Equal("scope-is-unknown", unknown.GetProperty("code").GetString());
        Assert.DoesNotContain(made.GetProperty("key").GetString()!, listed);
        Assert.Contains(made.GetProperty("key").GetString()![..10], listed);
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another()
    {
        var host = await shared.Host;
        await using var ours = await host.NewTenant();
        await using var theirs = await host.NewTenant();

        var id = await ours.Send("+447700900123", "Ours");

        await theirs.Get($"/v1/messages/{id}", HttpStatusCode.NotFound);
        Assert.DoesNotContain("Ours", (await theirs.Get("/v1/audit")).GetRawText());
    }

    private static async Task<(HttpStatusCode Status, string? Code)> Try(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync(
            "/v1/messages",
            new { to = "+447700900123", text = "Hello" }
        );
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }
}
