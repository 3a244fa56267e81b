using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;

namespace Gateway.Cli.Webhooks;

/// <summary><c>gateway webhooks</c>: addresses that facts are told to.</summary>
public static class WebhooksCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    private static readonly string[] Events =
    [
        "*",
        "message.*",
        "message.sent",
        "message.delivered",
        "message.undelivered",
        "message.failed",
        "message.in_doubt",
        "message.received",
        "message.replied",
        "device.*",
        "device.went_silent",
        "device.quarantined",
        "consent.*",
    ];

    public static Command Create(Runner runner) =>
        new("webhooks", "List, add, test and remove webhooks, see their calls, and tell again what happened.")
        {
            List(runner),
            Add(runner),
            Show(runner),
            DiffCommand.Create(
                runner,
                "webhook",
                (call, id, from, to) => call.Client.Webhooks.Diff(id, from, to, call.Cancellation)
            ),
            Test(runner),
            Attempts(runner),
            Remove(runner),
            WebhookReplayCommand.Create(runner),
            ReplaysCommand.List(runner),
            ReplaysCommand.Pause(runner),
            ReplaysCommand.Resume(runner),
            ReplaysCommand.Stop(runner),
        };

    private static Command List(Runner runner)
    {
        var list = new Command("list", "List the webhooks, now or as they were.");
        var view = PointOfView.Of(list, runner);
        return runner.Does(
            list,
            call =>
                view.Show(
                    call,
                    past => call.Client.Webhooks.ListThen(past, call.Cancellation),
                    webhooks => call.Output.Show(webhooks, WebhookSheets.Webhooks)
                ),
            "gateway webhooks list"
        );
    }

    private static Command Add(Runner runner)
    {
        Argument<string> url = new("ADDRESS") { Description = "https, without user name and password." };
        Argument<string[]> events = new("EVENT")
        {
            Description = "Such as message.sent, message.* for a group, or *; all when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        events.CompletionSources.Add(Events);
        var description = Given.Word("--description", "TEXT", "For people; at most 200 characters.");
        return runner.Does(
            new Command("add", "Have facts told to an address; the secret is shown once.")
            {
                url,
                events,
                description,
            },
            async call =>
            {
                var made = await call.Client.Webhooks.Add(
                    call.Get(url),
                    call.Get(events) is { Length: > 0 } chosen ? chosen : ["*"],
                    call.Get(description),
                    call.Cancellation
                );
                call.Output.Show(made, WebhookSheets.Made);
                call.Output.Hint("Keep the secret now, to check signatures with; it is not shown again.");
            },
            "gateway webhooks add https://example.com/hook 'message.*'"
        );
    }

    private static Command Show(Runner runner)
    {
        var id = Given.Id("webhook");
        var show = new Command("show", "Show one webhook, now or as it was.") { id };
        var view = PointOfView.Of(show, runner);
        return runner.Does(
            show,
            call =>
                view.Show(
                    call,
                    past => call.Client.Webhooks.ReadThen(call.Get(id), past, call.Cancellation),
                    webhook => call.Output.Show(webhook, WebhookSheets.Webhooks)
                ),
            $"gateway webhooks show {AnId}"
        );
    }

    private static Command Test(Runner runner)
    {
        var id = Given.Id("webhook");
        return runner.Does(
            new Command("test", "Send it a webhook.test event.") { id },
            async call =>
            {
                await call.Client.Webhooks.Test(call.Get(id), call.Cancellation);
                call.Output.Done(
                    call.Get(id),
                    "tested",
                    $"On its way; see: gateway webhooks attempts {call.Get(id)}"
                );
            },
            $"gateway webhooks test {AnId}"
        );
    }

    private static Command Attempts(Runner runner)
    {
        var id = Given.Id("webhook");
        var attempts = new Command("attempts", "List the calls to it, the newest first.") { id };
        var many = HowMany.Of(attempts);
        return runner.Does(
            attempts,
            call =>
            {
                var calls = call.Client.Webhooks.Attempts(
                    call.Get(id),
                    many.PageSize(call),
                    call.Cancellation
                );
                return call.Output.Show(calls, many.Most(call), WebhookSheets.Attempts);
            },
            $"gateway webhooks attempts {AnId}"
        );
    }

    private static Command Remove(Runner runner)
    {
        var id = Given.Id("webhook");
        return runner.Does(
            new Command("remove", "Tell it nothing more.") { id },
            async call =>
            {
                await call.Client.Webhooks.Remove(call.Get(id), call.Cancellation);
                call.Output.Done(call.Get(id), "removed", $"Removed webhook {call.Get(id)}.");
            },
            $"gateway webhooks remove {AnId}"
        );
    }
}
