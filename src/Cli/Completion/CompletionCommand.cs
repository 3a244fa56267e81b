using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Completion;

/// <summary><c>gateway completion</c>: prints what makes a shell complete our commands.</summary>
public static class CompletionCommand
{
    public static Command Create(Runner runner)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.All.Keys]);
        return runner.Does(
            new Command("completion", "Print what makes a shell complete these commands.") { shell },
            call =>
            {
                call.Here.Out.Write(Scripts.All[call.Get(shell)]);
                return Task.CompletedTask;
            },
            "source <(gateway completion bash)",
            "gateway completion zsh > ~/.zfunc/_gateway",
            "gateway completion fish > ~/.config/fish/completions/gateway.fish"
        );
    }
}
