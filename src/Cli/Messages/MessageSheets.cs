using Gateway.Cli.Showing;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary>How messages are shown.</summary>
public static class MessageSheets
{
    public static Sheet<Message> Messages { get; } =
        new(
            "No messages.",
            message => message.Id.ToString(),
            [
                new("Id", message => message.Id.ToString()),
                new("Status", Status, Style: message => Words.Colour(message.Status)),
                new("From", message => message.From),
                new("To", message => message.To),
                new("At", message => Words.Of(message.QueuedAt)),
                new("Text", message => message.Text, Wraps: true),
            ],
            [
                new("Id", message => message.Id.ToString()),
                new("Status", Status, Style: message => Words.Colour(message.Status)),
                new("Direction", message => message.Direction),
                new("From", message => message.From),
                new("To", message => message.To),
                new("Text", message => message.Text, Wraps: true),
                new("Segments", message => Words.Of(message.Segments)),
                new("Taken over", message => Words.Exactly(message.QueuedAt)),
                new("Not before", message => Words.Of(message.SendAt)),
                new("Last fact", message => Words.Exactly(message.LastAt)),
                new("Facts", message => Words.Of(message.Version)),
                new("Attempts", message => message.Attempts == 0 ? null : Words.Of(message.Attempts)),
                new("Device", message => message.DeviceId?.ToString()),
                new("Conversation", message => message.ConversationId?.ToString()),
                new("Answers", message => message.Answers?.ToString()),
                new("Tags", message => Words.Of(message.Tags)),
                new("Metadata", message => message.Metadata?.GetRawText(), Wraps: true),
            ]
        );

    public static Sheet<AcceptedMessage> Accepted { get; } =
        new(
            "",
            message => message.Id.ToString(),
            [
                new("Id", message => message.Id.ToString()),
                new("Status", message => message.Status),
                new("To", message => message.To),
                new("Segments", message => $"{message.Segments} ({message.Encoding})"),
                new("Not before", message => Words.Of(message.SendAt)),
                new("Expires", message => Words.Of(message.ExpiresAt)),
            ]
        );

    public static Sheet<DryRun> DryRuns { get; } =
        new(
            "",
            run => run.To,
            [
                new("To", run => run.To),
                new("Segments", run => $"{run.Segments} ({run.Encoding}, {run.Units} units)"),
                new("Carrier", CarrierOf),
                new("Held because", run => run.HoldReason),
                new("Chosen by", run => run.Carrier is null ? null : run.Routing.Strategy),
                new("Considered", run => Words.Of(run.Routing.Considered)),
                new(
                    "Refused",
                    run =>
                        string.Join(
                            ", ",
                            run.Routing.Refusals.Select(refusal => $"{refusal.Count} {refusal.Reason}")
                        )
                ),
            ]
        );

    private static string Status(Message message) =>
        message.Markers.Count == 0 ? message.Status : $"{message.Status} ({Words.Of(message.Markers)})";

    private static string CarrierOf(DryRun run) =>
        run.Carrier is { } carrier ? $"{carrier.Line}, {carrier.Sim} of {carrier.DeviceId}" : "nobody now";
}
