using System.CommandLine;
using System.CommandLine.Parsing;

namespace Gateway.Cli.Running;

/// <summary>Options that every command has.</summary>
public sealed class GlobalOptions
{
    public const string UrlVariable = "GATEWAY_URL";
    public const string KeyVariable = "GATEWAY_KEY";
    public const string ProfileVariable = "GATEWAY_PROFILE";
    public const string PurposeVariable = "GATEWAY_PURPOSE";

    public Option<string?> Profile { get; } =
        new("--profile")
        {
            Description = $"Which sign-in to use; or {ProfileVariable}.",
            HelpName = "NAME",
            Recursive = true,
        };

    public Option<Uri?> Url { get; } =
        new("--url")
        {
            Description = $"The gateway's address; or {UrlVariable}.",
            HelpName = "URL",
            Recursive = true,
            CustomParser = given => ReadUrl(given),
        };

    public Option<string?> Key { get; } =
        new("--key")
        {
            Description = $"An API key; or {KeyVariable}, which others on this machine can't read.",
            HelpName = "KEY",
            Recursive = true,
        };

    public Option<string?> Purpose { get; } =
        new("--purpose")
        {
            Description = $"Why texts are read, for the record; or {PurposeVariable}.",
            HelpName = "WHY",
            Recursive = true,
        };

    public Option<bool> Json { get; } =
        new("--json")
        {
            Description = "For programs: one JSON document; one a line for lists and streams.",
            Recursive = true,
        };

    public Option<bool> Quiet { get; } =
        new("--quiet", "-q")
        {
            Description = "Only what a script would pick out, such as ids.",
            Recursive = true,
        };

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<Option> All => [Profile, Url, Key, Purpose, Json, Quiet];

    /// <summary>Null with an error on the argument for what isn't an address.</summary>
    public static Uri? ReadUrl(ArgumentResult given)
    {
        if (TryReadUrl(given.Tokens[0].Value) is { } url)
        {
            return url;
        }

        given.AddError($"'{given.Tokens[0].Value}' is not an address; it begins with http:// or https://.");
        return null;
    }

    /// <summary>Null for what isn't an address.</summary>
    public static Uri? TryReadUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") ? url : null;
}
