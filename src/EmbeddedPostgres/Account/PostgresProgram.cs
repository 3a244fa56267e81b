using System.Diagnostics;

namespace Gateway.EmbeddedPostgres.Account;

/// <summary>How a program ended.</summary>
/// <param name="Output">Everything it wrote to both streams; empty when it left its output to a server.</param>
internal sealed record ProgramEnd(int ExitCode, string Output)
{
    public bool IsGood => ExitCode == 0;
}

/// <summary>Runs one of PostgreSQL's programs, or a small tool, to its end.</summary>
internal static class PostgresProgram
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started at all.</exception>
    public static async Task<ProgramEnd> Run(ProcessStartInfo start, CancellationToken ct)
    {
        using var process = Begin(start);
        var output = ReadToEnd(process, ct);
        await End(process, ct);
        return new(process.ExitCode, await output);
    }

    /// <summary>For a program that leaves a server behind: the server may hold our pipes for as long as it lives.</summary>
    public static async Task<ProgramEnd> RunLeavingServer(ProcessStartInfo start, CancellationToken ct)
    {
        using var process = Begin(start);
        var output = ReadToEnd(process, ct);
        await End(process, ct);
        if (process.ExitCode != 0)
        {
            await Task.WhenAny(output, Task.Delay(LastWords, TimeProvider.System, ct));
        }

        return new(process.ExitCode, output.IsCompletedSuccessfully ? output.Result : "");
    }

    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        // A developer's PGDATA or PGPORT would win over what we pass.
        foreach (var name in start.Environment.Keys.Where(IsPostgresVariable).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    private static bool IsPostgresVariable(string name) => name.StartsWith("PG", StringComparison.Ordinal);

    private static Process Begin(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task<string> ReadToEnd(Process process, CancellationToken ct)
    {
        var texts = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(ct),
            process.StandardError.ReadToEndAsync(ct)
        );
        return string.Concat(texts);
    }

    private static async Task End(Process process, CancellationToken ct)
    {
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
