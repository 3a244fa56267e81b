using System.CommandLine;
using System.Diagnostics;
using Gateway.Cli.Running;

namespace Gateway.Cli.Archives;

/// <summary>The program of the server, run on this machine.</summary>
public sealed class ServerProgram : IDisposable
{
    public const string Variable = "GATEWAY_SERVER";

    private readonly Process process;
    private string last = "";

    private ServerProgram(Process process) => this.process = process;

    /// <summary>Where it is.</summary>
    public static Option<string?> Option() =>
        Given.Word("--server", "PATH", $"The server's program, Gateway.Api.dll; or {Variable}.");

    /// <summary>Starts it as said on the command line, else in the environment, else beside this program.</summary>
    /// <exception cref="CommandException">It isn't there.</exception>
    public static ServerProgram Start(Call call, string? given, params IEnumerable<string> arguments)
    {
        var beside = Path.Combine(
            Path.GetDirectoryName(Environment.ProcessPath) ?? "",
            "gateway-server",
            "Gateway.Api.dll"
        );
        var path = given ?? call.Here.Variable(Variable) ?? beside;
        if (!File.Exists(path))
        {
            throw new CommandException(
                ExitCode.Usage,
                $"The server's program is not at {path}; name it with --server or {Variable}."
            );
        }

        var isLibrary = path.EndsWith(".dll", StringComparison.Ordinal);
        return new(
            Process.Start(
                new ProcessStartInfo(
                    isLibrary ? "dotnet" : path,
                    isLibrary ? [path, .. arguments] : arguments
                )
                {
                    RedirectStandardOutput = true,
                }
            )!
        );
    }

    /// <summary>What it says, line by line, until it ends. When nobody wants it any more it is asked to end, and waited for.</summary>
    public async IAsyncEnumerable<string> Lines(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var asked = cancellation.Register(Stop);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            last = line.Length > 0 ? line : last;
            yield return line;
        }

        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new CommandException(ExitCode.Refused, last);
        }
    }

    public void Dispose()
    {
        Stop();
        process.Dispose();
    }

    /// <summary>As Ctrl-C does: it has a database to take away.</summary>
    private void Stop()
    {
        if (process.HasExited)
        {
            return;
        }

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        process.WaitForExit();
    }
}
