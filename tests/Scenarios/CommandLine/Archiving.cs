using Gateway.Cli;
using Gateway.Cli.Access;
using Gateway.Cli.Running;
using Gateway.Scenarios.Archives;
using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.CommandLine;

[Collection(ArchivedHistories.Name)]
public sealed class Archiving(ArchivedHistory history)
{
    private static string Server => Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll");

    [Fact]
    public async Task The_whole_history_is_saved_and_fills_an_empty_gateway()
    {
        var origin = await history.Shared.Cluster.CreateDatabase("cli_archive");
        await using var host = GatewayHost.On(origin);
        var shell = new Shell(host);
        await shell.Login(await host.NewKey("default"));
        await Views.VariedHistory.CaughtUp(host);
        var file = Path.Combine(host.Folder, "all.gz");
        var copy = await history.Shared.Cluster.CreateDatabase("cli_archive_copy");

        var said = await shell.Done("export", "--all", file);
        var (code, told) = await Import(copy, file);

        Assert.EndsWith("sealed.", said);
        Assert.True(code == 0, told);
        var last = await Positions.Last(copy);
        Assert.Equal(await ArchivedHistory.Log(origin, last), await ArchivedHistory.Log(copy, long.MaxValue));
    }

    [Fact]
    public async Task A_tenant_takes_an_incident_of_its_own_and_nothing_of_others()
    {
        var host = await history.Shared.Host;
        var (shell, tenant) = await Shell.SignIn(host);
        var id = await tenant.Send("+447700900123", "Mine");
        await tenant.Until(id, "held");
        await Views.VariedHistory.CaughtUp(host);
        var file = Path.Combine(host.Folder, $"{id}.gz");

        var refused = await shell.Run("export", "--all", file);
        Assert.Contains("archive-is-of-all-tenants", refused.Error);
        Assert.False(File.Exists(file));
        var unknown = await shell.Run("incident", "export", "--around", $"{Guid.NewGuid()}", file);
        Assert.Contains("message-is-unknown", unknown.Error);
        await shell.Done("incident", "export", "--around", $"{id}", file);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_sandbox_has_a_profile_as_long_as_it_runs()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-settings-").FullName;

        var listed = await InASandbox(folder, history.Incident);

        Assert.NotEmpty(listed);
        Assert.Null(new ProfileFile(folder).Read("sandbox"));
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_sandbox_fetches_what_is_around_a_message_by_itself()
    {
        var host = await history.Shared.Host;
        var (shell, tenant) = await Shell.SignIn(host);
        var id = await tenant.Send("+447700900123", "Mine");
        await tenant.Until(id, "held");
        await Views.VariedHistory.CaughtUp(host);

        var listed = await InASandbox(shell.Folder, "--around", $"{id}");

        Assert.Equal([$"{id}"], listed);
        Assert.Equal(host.Address, new ProfileFile(shell.Folder).ReadCurrent()?.Url);
    }

    [Fact]
    public async Task A_sandbox_fetches_a_part_of_the_log_by_itself()
    {
        var origin = await history.Shared.Cluster.CreateDatabase("cli_part");
        await using var host = GatewayHost.On(origin);
        var shell = new Shell(host);
        await shell.Login(await host.NewKey("default"));
        var id = await shell.Done("send", "+447700900123", "Mine", "--quiet");
        await Views.VariedHistory.CaughtUp(host);

        var listed = await InASandbox(shell.Folder, "--from", "1", "--to", $"{await Positions.Last(origin)}");

        Assert.Equal([id], listed);
    }

    /// <summary>The ids of the messages that a sandbox lists, which is ended then.</summary>
    private static async Task<IReadOnlyList<string>> InASandbox(string folder, params string[] of)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        using var output = new StringWriter();
        using var here = Here(folder, TextWriter.Synchronized(output));
        var running = Contents.Run(["sandbox", "load", .. of, "--server", Server], here, ending.Token);
        await Faults.Eventually.True(
            () => Task.FromResult(running.IsCompleted || new ProfileFile(folder).Read("sandbox") is not null),
            TimeSpan.FromSeconds(90),
            "a profile"
        );
        Assert.False(running.IsCompleted, output.ToString());

        var listed = "";
        await Faults.Eventually.True(
            async () =>
            {
                using var look = new StringWriter();
                using var there = Here(folder, look);
                var code = await Contents.Run(
                    ["messages", "list", "--quiet", "--profile", "sandbox"],
                    there,
                    ending.Token
                );
                listed = look.ToString();
                return code == 0;
            },
            TimeSpan.FromSeconds(30),
            "a sandbox that answers"
        );
        await ending.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await running);
        return listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Surroundings Here(string folder, TextWriter output) =>
        new()
        {
            Out = output,
            Error = output,
            In = TextReader.Null,
            ConfigFolder = folder,
        };

    private static async Task<(int Code, string Said)> Import(string database, string file)
    {
        var log = $"{file}.said";
        using var program = ChildProcess.Start(
            "gateway.dll",
            ["import", file, "--server", Server],
            new Dictionary<string, string> { ["ConnectionStrings__Gateway"] = database },
            log
        );
        await program.Ended();
        return (program.ExitCode, await File.ReadAllTextAsync(log));
    }
}
