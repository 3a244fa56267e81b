using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary><c>gateway messages list</c></summary>
public static class ListMessagesCommand
{
    public static Command Create(Runner runner)
    {
        var status = Given.Word(
            "--status",
            "STATUS",
            "Such as delivered or in_doubt; replied works too.",
            [.. MessageStatus.All, "replied"]
        );
        var number = Given.Word("--number", "NUMBER", "Either side, as +447700900123.");
        var device = Given.Id("--device", "Carried by this device.");
        var tag = Given.Word("--tag", "TAG", "With this tag.");
        var direction = Given.Word("--direction", "WAY", "outbound or inbound.", "outbound", "inbound");
        var since = Given.Past(runner.Here, "--since", "Accepted or received at or after.");
        var until = Given.Past(runner.Here, "--until", "Accepted or received before.");
        var list = new Command("list", "List messages, the newest first, now or as they were.")
        {
            status,
            number,
            device,
            tag,
            direction,
            since,
            until,
        };
        var view = PointOfView.Of(list, runner);
        var many = HowMany.Of(list);
        return runner.Does(
            list,
            call =>
            {
                var filter = new MessageFilter
                {
                    Status = call.Get(status),
                    Number = call.Get(number),
                    Device = call.Get(device),
                    Tag = call.Get(tag),
                    Direction = call.Get(direction),
                    Since = call.Get(since),
                    Until = call.Get(until),
                };
                var (messages, size) = (call.Client.Messages, many.PageSize(call));
                return view.Show(
                    call,
                    past => messages.List(filter, past, size, call.Cancellation),
                    many.Most(call),
                    MessageSheets.Messages
                );
            },
            "gateway messages list --number +447700900123 --since 2d",
            "gateway messages list --status in_doubt --as-of 2026-01-31T12:00:00Z",
            "gateway messages list --status failed --all --json | jq -r .id"
        );
    }
}
