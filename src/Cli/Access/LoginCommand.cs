using System.CommandLine;
using System.Net;
using Gateway.Cli.Running;
using Gateway.Client;

namespace Gateway.Cli.Access;

/// <summary><c>gateway login</c>: keeps an address and a key, after the gateway has accepted them.</summary>
public static class LoginCommand
{
    private const string UsualName = "default";

    public static Command Create(Runner runner) =>
        runner.Does(
            new Command("login", "Sign in to a gateway; the key is asked for without showing it."),
            Login,
            "gateway login --url https://sms.example.com",
            "gateway login < data/first-key",
            "gateway login --profile work --url https://sms.example.com"
        );

    private static async Task Login(Call call)
    {
        var options = call.Options;
        var name =
            call.Get(options.Profile) ?? call.Here.Variable(GlobalOptions.ProfileVariable) ?? UsualName;
        var url =
            call.Get(options.Url)
            ?? GlobalOptions.TryReadUrl(call.Here.Variable(GlobalOptions.UrlVariable))
            ?? call.Profiles.Read(name)?.Url
            ?? new Uri(Connection.UsualUrl);
        var key =
            call.Get(options.Key) ?? call.Here.Variable(GlobalOptions.KeyVariable) ?? await Ask(call, url);
        if (!IsKey(key))
        {
            throw new CommandException(ExitCode.Usage, "That is not an API key; one begins with gk_.");
        }

        await Verify(call.Connect(new(url, key)), call.Cancellation);
        call.Profiles.Keep(new(name, url, key));
        call.Output.Say(
            $"Signed in to {CommandException.Name(url)} as profile '{name}'; kept in {call.Profiles.Path}."
        );
    }

    private static async Task<string> Ask(Call call, Uri url) =>
        (
            call.Here.AskSecret is { } ask
                ? await ask($"Key for {CommandException.Name(url)}:", call.Cancellation)
                : await call.Here.In.ReadLineAsync(call.Cancellation)
        )?.Trim() ?? "";

    private static bool IsKey(string key) =>
        key.StartsWith("gk_", StringComparison.Ordinal)
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>Asks for what holds nobody's texts: reading those is a fact. A key that may not is a good key all the same.</summary>
    private static async Task Verify(GatewayClient gateway, CancellationToken cancellation)
    {
        try
        {
            await gateway.Devices.List(cancellation);
        }
        catch (GatewayProblemException problem) when (problem.Status == HttpStatusCode.Forbidden)
        {
            // It was recognised, and that is all we wanted to know.
        }
    }
}
