using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Messages;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.Conversations;

namespace Gateway.Cli.Conversations;

/// <summary><c>gateway conversations</c>: what a line and a remote party wrote to each other.</summary>
public static class ConversationsCommand
{
    private const string AnId = "5b0a7c55-9d2e-5f60-a7c1-b2d40199e1c4";

    private static readonly Sheet<Conversation> Sheet = new(
        "No conversations.",
        conversation => conversation.Id.ToString(),
        [
            new("Id", conversation => conversation.Id.ToString()),
            new("Line", conversation => conversation.Line),
            new("Remote", conversation => conversation.Remote),
            new("Unread", conversation => Words.Of(conversation.Unread)),
            new("Last", conversation => Words.Of(conversation.LastAt)),
            new("Text", conversation => conversation.Last?.Text, Wraps: true),
        ]
    );

    public static Command Create(Runner runner) =>
        new("conversations", "List and show conversations, read and answer them.")
        {
            List(runner),
            Show(runner),
            Entries(runner),
            DiffCommand.Create(
                runner,
                "conversation",
                (call, id, from, to) => call.Client.Conversations.Diff(id, from, to, call.Cancellation)
            ),
            Read(runner),
            Reply(runner),
        };

    private static Command List(Runner runner)
    {
        Option<bool> unread = new("--unread") { Description = "Only those with unread texts." };
        var number = Given.Word("--number", "NUMBER", "Either side, as +447700900123.");
        var list = new Command("list", "List conversations, the latest first, now or as they were.")
        {
            unread,
            number,
        };
        var view = PointOfView.Of(list, runner);
        var many = HowMany.Of(list);
        return runner.Does(
            list,
            call =>
            {
                var (conversations, size) = (call.Client.Conversations, many.PageSize(call));
                var (onlyUnread, party) = (call.Get(unread), call.Get(number));
                return view.Show(
                    call,
                    past => conversations.List(onlyUnread, party, past, size, call.Cancellation),
                    many.Most(call),
                    Sheet
                );
            },
            "gateway conversations list --unread"
        );
    }

    private static Command Show(Runner runner)
    {
        var id = Given.Id("conversation");
        var show = new Command("show", "Show one conversation's summary, now or as it was.") { id };
        var view = PointOfView.Of(show, runner);
        return runner.Does(
            show,
            call =>
                view.Show(
                    call,
                    past => call.Client.Conversations.ReadThen(call.Get(id), past, call.Cancellation),
                    conversation => call.Output.Show(conversation, Sheet)
                ),
            $"gateway conversations show {AnId}"
        );
    }

    private static Command Entries(Runner runner)
    {
        var id = Given.Id("conversation");
        var entries = new Command("entries", "List its texts, the newest first, now or as they were.") { id };
        var view = PointOfView.Of(entries, runner);
        var many = HowMany.Of(entries);
        return runner.Does(
            entries,
            call =>
            {
                var (conversations, size) = (call.Client.Conversations, many.PageSize(call));
                return view.Show(
                    call,
                    past => conversations.Entries(call.Get(id), past, size, call.Cancellation),
                    many.Most(call),
                    MessageSheets.Messages
                );
            },
            $"gateway conversations entries {AnId}"
        );
    }

    private static Command Read(Runner runner)
    {
        var id = Given.Id("conversation");
        var upTo = Given.Number(
            "--up-to",
            "POSITION",
            "Up to this position; to the newest text when left out."
        );
        return runner.Does(
            new Command("read", "Mark it as read.") { id, upTo },
            async call =>
            {
                await call.Client.Conversations.MarkRead(call.Get(id), call.Get(upTo), call.Cancellation);
                call.Output.Done(call.Get(id), "read", $"Marked conversation {call.Get(id)} as read.");
            },
            $"gateway conversations read {AnId}"
        );
    }

    private static Command Reply(Runner runner)
    {
        var id = Given.Id("conversation");
        Argument<string> text = new("TEXT") { Description = "What to say." };
        Option<bool> noReport = new("--no-report")
        {
            Description = "Don't ask the network for a delivery report.",
        };
        var key = Given.Word(
            "--idempotency-key",
            "KEY",
            "The same key is the same message, however often it is sent; a new one when left out."
        );
        var waiting = new Waiting();
        var reply = new Command("reply", "Answer by the same line.") { id, text, noReport, key };
        waiting.AddTo(reply);
        return runner.Does(
            reply,
            async call =>
            {
                var accepted = await SureSending.Do(
                    call,
                    call.Get(key),
                    unique =>
                        call.Client.Conversations.Reply(
                            call.Get(id),
                            call.Get(text),
                            call.Get(noReport) ? false : null,
                            unique,
                            call.Cancellation
                        )
                );
                await waiting.Finish(call, accepted);
            },
            $"gateway conversations reply {AnId} \"Eight it is.\""
        );
    }
}
