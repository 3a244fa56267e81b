using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary><c>gateway messages</c>: what became of texts.</summary>
public static class MessagesCommand
{
    private const string AnId = "0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4";

    public static Command Create(Runner runner) =>
        new("messages", "List and show messages, read their facts, ask why, cancel.")
        {
            ListMessagesCommand.Create(runner),
            Show(runner),
            WhyCommand.Create(runner),
            Events(runner),
            DiffCommand.Create(
                runner,
                "message",
                (call, id, from, to) => call.Client.Messages.Diff(id, from, to, call.Cancellation)
            ),
            Cancel(runner),
            Resolve(runner),
        };

    private static Command Show(Runner runner)
    {
        var id = Given.Id("message");
        var version = Given.Number("--facts", "N", "As it stood after so many facts of its own.", least: 1);
        var show = new Command("show", "Show one message, now or as it was.") { id, version };
        var view = PointOfView.Of(show, runner);
        show.Validators.Add(given =>
        {
            if (given.GetResult(version) is not null && view.IsGiven(given))
            {
                given.AddError("--facts says which past is meant; leave out --as-of and --happened-by.");
            }
        });
        return runner.Does(
            show,
            call =>
            {
                var messages = call.Client.Messages;
                return view.Show(
                    call,
                    async past =>
                        call.Get(version) is { } facts
                            ? new(await messages.ReadVersion(call.Get(id), facts, call.Cancellation), null)
                            : await messages.ReadThen(call.Get(id), past, call.Cancellation),
                    message => call.Output.Show(message, MessageSheets.Messages)
                );
            },
            $"gateway messages show {AnId}",
            $"gateway messages show {AnId} --as-of 2h",
            $"gateway messages show {AnId} --facts 2"
        );
    }

    private static Command Events(Runner runner)
    {
        var id = Given.Id("message");
        return runner.Does(
            new Command("events", "Read every fact of one message.") { id },
            async call =>
                call.Output.Show(
                    await call.Client.Messages.Events(call.Get(id), call.Cancellation),
                    FactSheets.OfOneStream
                ),
            $"gateway messages events {AnId}"
        );
    }

    private static Command Resolve(Runner runner)
    {
        var id = Given.Id("message");
        Option<string> verdict = new("--as")
        {
            Description = "It left; it didn't, so try again; or send it once more although it may have left.",
            HelpName = "sent|not-sent|resend",
            Required = true,
        };
        verdict.AcceptOnlyFromAmong("sent", "not-sent", "resend");
        var note = Given.Word("--note", "TEXT", "Why; it stays with the message for good.");
        return runner.Does(
            new Command("resolve", "Settle the doubt about a message.") { id, verdict, note },
            async call =>
            {
                var word = call.Get(verdict) == "not-sent" ? DoubtVerdict.NotSent : call.Get(verdict)!;
                await call.Client.Messages.Resolve(call.Get(id), word, call.Get(note), call.Cancellation);
                call.Output.Done(
                    call.Get(id),
                    "resolved",
                    $"Settled the doubt about message {call.Get(id)}."
                );
            },
            $"gateway messages resolve {AnId} --as sent --note \"on the operator's bill\"",
            $"gateway messages resolve {AnId} --as resend"
        );
    }

    private static Command Cancel(Runner runner)
    {
        var id = Given.Id("message");
        return runner.Does(
            new Command("cancel", "Stop a message that has not left.") { id },
            async call =>
            {
                await call.Client.Messages.Cancel(call.Get(id), call.Cancellation);
                call.Output.Done(
                    call.Get(id),
                    "cancel_requested",
                    $"Asked to cancel message {call.Get(id)}."
                );
            },
            $"gateway messages cancel {AnId}"
        );
    }
}
