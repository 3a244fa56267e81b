using System.CommandLine;
using Gateway.Cli.Running;

namespace Gateway.Cli.Access;

/// <summary><c>gateway logout</c>: forgets a sign-in on this machine.</summary>
public static class LogoutCommand
{
    public static Command Create(Runner runner) =>
        runner.Does(
            new Command("logout", "Forget a sign-in; the key itself stays good until it is revoked."),
            Logout,
            "gateway logout",
            "gateway logout --profile work"
        );

    private static Task Logout(Call call)
    {
        var name =
            call.Get(call.Options.Profile)
            ?? call.Here.Variable(GlobalOptions.ProfileVariable)
            ?? call.Profiles.ReadAll().Current
            ?? throw new CommandException(ExitCode.Forbidden, "Nobody is signed in.");
        if (!call.Profiles.Forget(name))
        {
            throw new CommandException(ExitCode.Forbidden, $"There is no profile '{name}'.");
        }

        var next = call.Profiles.ReadAll().Current is { } current ? $" Now in use: '{current}'." : "";
        call.Output.Say($"Forgot profile '{name}'.{next}");
        return Task.CompletedTask;
    }
}
