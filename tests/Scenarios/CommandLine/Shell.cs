using System.Text.Json;
using Gateway.Cli;
using Gateway.Cli.Running;

namespace Gateway.Scenarios.CommandLine;

/// <summary>The command line in this process, with a settings folder of its own, in front of a real gateway.</summary>
public sealed class Shell(GatewayHost host)
{
    /// <summary>Of its settings.</summary>
    public string Folder { get; } = Path.Combine(host.Folder, $"settings-{Guid.NewGuid():N}");

    /// <summary>Signed in with the key of a new tenant.</summary>
    public static async Task<(Shell Shell, TestTenant Tenant)> SignIn(
        GatewayHost host,
        params string[] scopes
    )
    {
        var tenant = await host.NewTenant(scopes);
        var shell = new Shell(host);
        await shell.Login(await host.NewKey(tenant.Name, scopes));
        return (shell, tenant);
    }

    public Task<string> Login(string key) => Done("login", "--url", host.Address.ToString(), "--key", key);

    /// <summary>Runs a command; returns its exit code, its output and its errors.</summary>
    public async Task<(int Code, string Out, string Error)> Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        using var here = new Surroundings
        {
            Out = output,
            Error = error,
            In = TextReader.Null,
            ConfigFolder = Folder,
        };
        var code = await Contents.Run(args, here, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must go well; returns its output.</summary>
    public async Task<string> Done(params string[] args)
    {
        var (code, output, error) = await Run(args);
        Assert.True(code == 0, $"{string.Join(' ', args)} ended with {code}: {error}");
        return output.Trim();
    }

    /// <summary>The same, as JSON: an element for each line.</summary>
    public async Task<IReadOnlyList<JsonElement>> Json(params string[] args) =>
        [
            .. (await Done([.. args, "--json"]))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line)),
        ];

    /// <summary>Asks again until the lines are as wanted; lists may trail by moments.</summary>
    public async Task<IReadOnlyList<JsonElement>> JsonUntil(
        Func<IReadOnlyList<JsonElement>, bool> wanted,
        params string[] args
    )
    {
        IReadOnlyList<JsonElement> lines = [];
        await TestTenant.Until(async () =>
        {
            lines = await Json(args);
            return wanted(lines) ? new JsonElement() : null;
        });
        Assert.True(wanted(lines), $"{string.Join(' ', args)}: {string.Join('\n', lines)}");
        return lines;
    }
}
