using System.Diagnostics;

namespace Gateway.Scenarios.EmbeddedPostgres;

/// <summary>Another process that has started, adopted or borrowed the PostgreSQL of a folder.</summary>
public sealed class PostgresProcess : IDisposable
{
    private readonly Process process;

    private PostgresProcess(Process process) => this.process = process;

    public int Id => process.Id;
    public bool IsOwner { get; private set; }
    public string ConnectionString { get; private set; } = "";

    /// <param name="account">Whom to run as; null for ourselves.</param>
    public static async Task<PostgresProcess> Launch(PostgresFolder folder, string? account = null)
    {
        var bin = await PostgresFolder.BinDirectory();
        // It lies beside us and shares our assemblies.
        var (own, program) = (Beside("Gateway.Scenarios"), Beside("Gateway.PostgresHost.dll"));
        string[] runtime = ["--runtimeconfig", own + ".runtimeconfig.json", "--depsfile", own + ".deps.json"];
        // Whoever runs the tests in the background of a plain shell has SIGINT ignored, and children would inherit that.
        string[] listening = ["--default-signal=INT", "dotnet"];
        var start = new ProcessStartInfo("env", [.. listening, "exec", .. runtime, program, folder.Root, bin])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        if (account is not null)
        {
            start.UserName = account;
        }

        return new(Process.Start(start)!);
    }

    public static async Task<PostgresProcess> Start(PostgresFolder folder, string? account = null)
    {
        var one = await Launch(folder, account);
        await one.Ready();
        return one;
    }

    public async Task Ready()
    {
        var role = await Line();
        Assert.True(role is "owner" or "borrower", role);
        IsOwner = role == "owner";
        ConnectionString = await Line();
    }

    public async Task<string> Line() =>
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";

    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What Ctrl-C does to this one process. Never signal a group here: tools disagree on how to name one.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> Stop()
    {
        process.StandardInput.Close();
        return await Exit();
    }

    public async Task<int> Exit()
    {
        await process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
