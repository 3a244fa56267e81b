using System.CommandLine;
using System.Text.RegularExpressions;
using Gateway.Cli.Access;
using Gateway.Cli.Running;

namespace Gateway.Cli.Archives;

/// <summary><c>gateway sandbox</c>: a copy of some history to look into, of which nothing stays.</summary>
public static partial class SandboxCommand
{
    private const string ProfileName = "sandbox";

    public static Command Create(Runner runner) =>
        new("sandbox", "Look into a copy of some history, without touching anything.") { Load(runner) };

    private static Command Load(Runner runner)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "Any archive; left out, it is fetched from the gateway.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var around = IncidentCommand.Around();
        var (from, to) = ExportCommand.Part();
        var server = ServerProgram.Option();
        return runner.Does(
            new Command("load", "Serve a copy, read-only, on this machine; Ctrl-C ends and removes it.")
            {
                file,
                around,
                from,
                to,
                server,
            },
            async call =>
            {
                var fetched = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    var path =
                        call.Get(file!)
                        ?? await Fetch(call, call.Get(around), call.Get(from), call.Get(to), fetched);
                    await Look(call, call.Get(server), path);
                }
                finally
                {
                    File.Delete(fetched);
                }
            },
            "gateway sandbox load incident.gz",
            "gateway sandbox load --around 9b6964e5-4d31-59b3-bedd-88aa06c62771",
            "gateway sandbox load --from 1000 --to 2000"
        );
    }

    private static async Task<string> Fetch(Call call, Guid? around, long? from, long? to, string path)
    {
        await Saving.Save(
            call,
            path,
            archive =>
                (around, from, to) switch
                {
                    ({ } message, null, null) => archive.SaveIncident(message, path, call.Cancellation),
                    (null, { } first, { } last) => archive.SavePart(first - 1, last, path, call.Cancellation),
                    _ => throw new CommandException(
                        ExitCode.Usage,
                        "Say what to look into: a file, --around, or --from and --to."
                    ),
                }
        );
        return path;
    }

    /// <summary>The sandbox's key is kept under a name as long as it runs; the sign-in in use stays in use.</summary>
    private static async Task Look(Call call, string? server, string path)
    {
        var before = call.Profiles.ReadAll().Current;
        using var program = ServerProgram.Start(call, server, "sandbox", path);
        try
        {
            Uri? url = null;
            await foreach (var line in program.Lines(call.Cancellation))
            {
                call.Output.Say(line);
                url = Address().Match(line) is { Success: true } address ? new(address.Groups[1].Value) : url;
                if (Key().Match(line) is { Success: true } key && url is not null)
                {
                    Keep(call, before, new(ProfileName, url, key.Groups[1].Value));
                }
            }
        }
        finally
        {
            call.Profiles.Forget(ProfileName);
        }
    }

    /// <summary>Of the first tenant; the keys of others are shown.</summary>
    private static void Keep(Call call, string? before, Profile profile)
    {
        if (call.Profiles.Read(ProfileName)?.Url == profile.Url)
        {
            return;
        }

        call.Profiles.Keep(profile);
        if (before is not null)
        {
            call.Profiles.Use(before);
        }

        call.Output.Say($"Look into it from another terminal: gateway messages list --profile {ProfileName}");
    }

    [GeneratedRegex(@"^Sandbox (http://\S+)$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^Key (gk_\S+) ")]
    private static partial Regex Key();
}
