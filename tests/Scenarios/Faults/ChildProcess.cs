using System.Diagnostics;

namespace Gateway.Scenarios.Faults;

/// <summary>A program in a process of its own, so that it can be killed as a machine would kill it.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public bool HasExited => process.HasExited;
    public int ExitCode => process.ExitCode;

    /// <summary>Runs <c>dotnet</c> with a program from the test's own output; what it prints goes to a file.</summary>
    public static ChildProcess Start(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string log
    ) => Run("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments], environment, log);

    /// <summary>Runs any program; what it prints goes to a file, in whose folder it works.</summary>
    public static ChildProcess Run(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string log
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(log)!,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var writer = TextWriter.Synchronized(new StreamWriter(log, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process);
    }

    /// <summary>Waits until it ended by itself.</summary>
    public Task Ended() => process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service's supervisor sends it; to this one process.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
