using System.Text;
using Gateway.Client;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Gateway.Cli.Running;

/// <summary>Everything outside this program that a command may touch, so that a test can stand in for it.</summary>
public sealed class Surroundings : IDisposable
{
    private const int NarrowestTerminal = 40;
    private const int UsualWidth = 100;

    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public required TextReader In { get; init; }

    /// <summary>Whether a person looks at the output; then it has colours and keeps to the width.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether that person can also answer.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>Asks a person for a secret without showing it; null when there is nobody to ask.</summary>
    public Func<string, CancellationToken, Task<string>>? AskSecret { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>The user's own folder for settings, in which <c>gateway</c> has one.</summary>
    public required string ConfigFolder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What carries requests; made once per command.</summary>
    public Func<HttpMessageHandler> Network { get; init; } = GatewayClient.Handler;

    /// <summary>Those of this process.</summary>
    public static Surroundings OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new()
        {
            Out = Output(isTerminal),
            Error = Console.Error,
            In = Console.In,
            IsTerminal = isTerminal,
            IsInteractive = isTerminal && !Console.IsInputRedirected,
            Width = isTerminal && Console.WindowWidth >= NarrowestTerminal ? Console.WindowWidth : UsualWidth,
            AskSecret = Console.IsInputRedirected ? null : Ask,
            Variable = Environment.GetEnvironmentVariable,
            // On Unix that is XDG_CONFIG_HOME, or .config in the home folder.
            ConfigFolder = Environment.GetFolderPath(
                Environment.SpecialFolder.ApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            ),
        };
    }

    public void Dispose() => Out.Flush();

    /// <summary>
    /// The console of .NET doesn't tell when nobody reads any more (<c>gateway tail | head</c>); a stream over the pipe does.
    /// </summary>
    private static TextWriter Output(bool isTerminal)
    {
        if (isTerminal || OperatingSystem.IsWindows())
        {
            return Console.Out;
        }

        var stream = new FileStream(
            new SafeFileHandle(1, ownsHandle: false),
            FileAccess.Write,
            bufferSize: 0
        );
        return stream.CanSeek
            ? Console.Out
            : new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true };
    }

    private static Task<string> Ask(string question, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.PromptAsync(new TextPrompt<string>(question).Secret(null), cancellation);
    }
}
