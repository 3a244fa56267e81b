using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;

namespace Gateway.Cli.Access;

/// <summary><c>gateway profiles</c>: the sign-ins that are kept on this machine.</summary>
public static class ProfilesCommand
{
    private static readonly Sheet<KeptProfile> Sheet = new(
        "Nobody has signed in; do it with: gateway login",
        profile => profile.Name,
        [
            new("Used", profile => profile.Current ? "*" : null),
            new("Name", profile => profile.Name),
            new("Url", profile => CommandException.Name(profile.Url)),
            new("Key", profile => $"{profile.KeyPrefix}…"),
        ]
    );

    public static Command Create(Runner runner)
    {
        var profiles = new Command("profiles", "List the sign-ins on this machine, or use another one.")
        {
            Use(runner),
        };
        return runner.Does(profiles, List, "gateway profiles", "gateway profiles use work");
    }

    private static Command Use(Runner runner)
    {
        Argument<string> name = new("NAME") { Description = "Its name." };
        var use = new Command("use", "Use this sign-in from now on.") { name };
        name.CompletionSources.Add(_ => runner.ProfileNames());
        return runner.Does(
            use,
            call =>
            {
                if (!call.Profiles.Use(call.Get(name)))
                {
                    throw new CommandException(
                        ExitCode.Forbidden,
                        $"There is no profile '{call.Get(name)}'."
                    );
                }

                call.Output.Say($"Now in use: '{call.Get(name)}'.");
                return Task.CompletedTask;
            },
            "gateway profiles use work"
        );
    }

    private static Task List(Call call)
    {
        var (profiles, current) = call.Profiles.ReadAll();
        call.Output.Show(
            [
                .. profiles.Select(profile => new KeptProfile(
                    profile.Name,
                    profile.Url,
                    profile.Key[..Math.Min(8, profile.Key.Length)],
                    profile.Name == current
                )),
            ],
            Sheet
        );
        return Task.CompletedTask;
    }

    /// <summary>A sign-in without its secret.</summary>
    private sealed record KeptProfile(string Name, Uri Url, string KeyPrefix, bool Current);
}
