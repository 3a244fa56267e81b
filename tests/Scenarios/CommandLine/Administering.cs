using Gateway.DeviceAgent.Gateway;

namespace Gateway.Scenarios.CommandLine;

public class Administering(SharedGateway shared)
{
    [Fact]
    public async Task A_key_is_refused_before_it_is_kept()
    {
        var shell = new Shell(await shared.Host);

        var (code, _, error) = await shell.Run(
            "login",
            "--url",
            (await shared.Host).Address.ToString(),
            "--key",
            "gk_wrong"
        );

        Assert.Equal(4, code);
        Assert.Contains("(api-key-is-invalid)", error);
        Assert.Equal("", await shell.Done("profiles"));
    }

    [Fact]
    public async Task A_key_that_is_made_signs_in_may_what_it_may_and_is_void_when_it_is_revoked()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        var made = (await shell.Json("keys", "add", "reader", "devices:read", "--expires", "30d"))[0];
        var reader = new Shell(await shared.Host);

        await reader.Login(made.GetProperty("key").GetString()!);
        Assert.Equal("", await reader.Done("devices", "list"));
        var forbidden = await reader.Run("messages", "list");
        await shell.Done("keys", "revoke", made.GetProperty("id").GetString()!);
        var isVoid = await TestTenant.Until(async () =>
            (await reader.Run("devices", "list")).Code == 4 ? made : null
        );

        Assert.Equal(4, forbidden.Code);
        Assert.Contains("messages:read", forbidden.Error);
        Assert.NotNull(isVoid);
        Assert.Contains("revoked", await shell.Done("keys", "list"));
    }

    [Fact]
    public async Task A_device_is_let_in_looked_at_paused_and_retired()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;
        var code = await shell.Done("devices", "pair", "--quiet");
        using var http = new HttpClient();
        var folder = Path.Combine(tenant.Host.Folder, $"phone-{Guid.NewGuid():N}");
        var options = new PairOptions(tenant.Host.Address, code, folder, ["sim:"], "phone");
        await Pairing.Pair(options, http, TestContext.Current.CancellationToken);

        var id = await shell.Done("devices", "list", "--quiet");
        await shell.Done("devices", "pause", id, "--reason", "the battery is being changed");
        var paused = await shell.Json("devices", "show", id);
        await shell.Done("devices", "resume", id);
        await shell.Done("devices", "retire", id);
        var events = await shell.Done("devices", "events", id);

        Assert.Equal("paused", paused[0].GetProperty("status").GetString());
        Assert.Contains("reason=\"the battery is being changed\"", events);
        Assert.Contains("device_retired", events);
        Assert.Equal("", await shell.Done("devices", "health", id));
    }

    [Fact]
    public async Task A_webhook_is_added_tested_and_removed()
    {
        var (shell, tenant) = await Shell.SignIn(await shared.Host);
        await using var _ = tenant;

        var made = (await shell.Json("webhooks", "add", "https://127.0.0.1:9/hook", "consent.*"))[0];
        var id = made.GetProperty("id").GetString()!;
        await shell.Done("webhooks", "test", id);
        var attempts = await shell.JsonUntil(
            lines => lines.Count > 0,
            "webhooks",
            "attempts",
            id,
            "--limit",
            "1"
        );
        var shown = await shell.Done("webhooks", "show", id);
        await shell.Done("webhooks", "remove", id);

        Assert.StartsWith("whsec_", made.GetProperty("secret").GetString());
        Assert.Equal("webhook.test", attempts[0].GetProperty("eventType").GetString());
        Assert.DoesNotContain("whsec_", shown);
        Assert.Equal(1, (await shell.Run("webhooks", "show", id)).Code);
    }
}
