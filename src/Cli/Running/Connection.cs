using System.CommandLine;
using Gateway.Cli.Access;

namespace Gateway.Cli.Running;

/// <summary>Which gateway a command speaks to, and with which key.</summary>
public sealed record Connection(Uri Url, string Key)
{
    public const string UsualUrl = "http://127.0.0.1:8080";

    /// <summary>What is said on the command line comes first, then the environment, then the profile.</summary>
    /// <exception cref="CommandException">There is no such profile, or no key.</exception>
    public static Connection Choose(
        ParseResult given,
        GlobalOptions options,
        Surroundings here,
        ProfileFile profiles
    )
    {
        // Who names a profile means that one, whatever the environment says.
        var named = given.GetValue(options.Profile);
        string? Variable(string name) =>
            named is null && here.Variable(name) is { Length: > 0 } value ? value : null;

        var url = given.GetValue(options.Url) ?? UrlOf(Variable(GlobalOptions.UrlVariable));
        var key = given.GetValue(options.Key) ?? Variable(GlobalOptions.KeyVariable);
        if (url is not null && key is not null)
        {
            return new(url, key);
        }

        var profile = (named ?? Variable(GlobalOptions.ProfileVariable)) is { } name
            ? profiles.Read(name) ?? throw NoProfile(name)
            : profiles.ReadCurrent();
        url ??= profile?.Url ?? new(UsualUrl);
        // A key is shown to nobody but the gateway that it was kept for.
        key ??= profile?.Url == url ? profile.Key : null;
        return key is not null ? new(url, key) : throw NoKey(url);
    }

    private static Uri? UrlOf(string? text) =>
        text is null
            ? null
            : GlobalOptions.TryReadUrl(text)
                ?? throw new CommandException(
                    ExitCode.Usage,
                    $"{GlobalOptions.UrlVariable} is '{text}', which is not an address; it begins with http:// or https://."
                );

    private static CommandException NoProfile(string name) =>
        new(
            ExitCode.Forbidden,
            $"There is no profile '{name}'; make it with: gateway login --profile {name}"
        );

    private static CommandException NoKey(Uri url) =>
        new(
            ExitCode.Forbidden,
            $"Not signed in to {CommandException.Name(url)}; do it with: gateway login --url {CommandException.Name(url)}"
        );
}
