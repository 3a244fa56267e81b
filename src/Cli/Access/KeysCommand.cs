using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.Access;

namespace Gateway.Cli.Access;

/// <summary><c>gateway keys</c>: API keys.</summary>
public static class KeysCommand
{
    private static readonly Sheet<ApiKey> Sheet = new(
        "No keys.",
        key => key.Id.ToString(),
        [
            new("Id", key => key.Id.ToString()),
            new("Name", key => key.Name),
            new("Key", key => $"{key.Prefix}…"),
            new("Status", StatusOf, Style: key => Words.Colour(StatusOf(key))),
            new("Created", key => Words.Of(key.CreatedAt)),
            new("Expires", key => Words.Of(key.ExpiresAt)),
            new("Last used", key => Words.Of(key.LastUsedAt)),
            new("Scopes", key => Words.Of(key.Scopes), Wraps: true),
        ]
    );

    private static readonly Sheet<MadeApiKey> MadeSheet = new(
        "",
        key => key.Key,
        [
            new("Id", key => key.Id.ToString()),
            new("Name", key => key.Name),
            new("Key", key => key.Key),
            new("Scopes", key => Words.Of(key.Scopes)),
            new("Expires", key => Words.Of(key.ExpiresAt)),
        ]
    );

    private static readonly string[] Scopes =
    [
        "messages:*",
        "messages:send",
        "messages:read",
        "devices:*",
        "devices:read",
        "devices:write",
        "webhooks:*",
        "webhooks:read",
        "webhooks:write",
        "projections:*",
        "projections:read",
        "projections:write",
        "audit:read",
        "archive:read",
        "keys:*",
        "keys:read",
        "keys:write",
    ];

    public static Command Create(Runner runner) =>
        new("keys", "List, add and revoke API keys.") { List(runner), Add(runner), Revoke(runner) };

    private static Command List(Runner runner)
    {
        var list = new Command("list", "List the API keys, now or as they were.");
        var view = PointOfView.Of(list, runner);
        return runner.Does(
            list,
            call =>
                view.Show(
                    call,
                    past => call.Client.Keys.ListThen(past, call.Cancellation),
                    keys => call.Output.Show(keys, Sheet)
                ),
            "gateway keys list",
            "gateway keys list --as-of 30d"
        );
    }

    private static Command Add(Runner runner)
    {
        Argument<string> name = new("NAME") { Description = "What it is for; at most 100 characters." };
        Argument<string[]> scopes = new("SCOPE")
        {
            Description = "What it may do, such as messages:send, or messages:* for a group.",
            Arity = ArgumentArity.OneOrMore,
        };
        scopes.CompletionSources.Add(Scopes);
        var expires = Given.Future(runner.Here, "--expires", "Void from then on; never when left out.");
        return runner.Does(
            new Command("add", "Make an API key; it is shown once.") { name, scopes, expires },
            async call =>
            {
                var made = await call.Client.Keys.Add(
                    call.Get(name),
                    call.Get(scopes),
                    call.Get(expires),
                    call.Cancellation
                );
                call.Output.Show(made, MadeSheet);
                call.Output.Hint("Keep the key now; it is not shown again.");
            },
            "gateway keys add shop messages:send messages:read",
            "gateway keys add auditor audit:read --expires 30d"
        );
    }

    private static Command Revoke(Runner runner)
    {
        var id = Given.Id("key");
        return runner.Does(
            new Command("revoke", "Make an API key void, within a second.") { id },
            async call =>
            {
                await call.Client.Keys.Revoke(call.Get(id), call.Cancellation);
                call.Output.Done(call.Get(id), "revoked", $"Revoked key {call.Get(id)}.");
            },
            "gateway keys revoke 0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4"
        );
    }

    private static string StatusOf(ApiKey key) => key.RevokedAt is null ? "active" : "revoked";
}
