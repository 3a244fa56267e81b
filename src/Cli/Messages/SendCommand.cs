using System.CommandLine;
using System.Text.Json;
using Gateway.Cli.Running;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary><c>gateway send</c>: one text to one recipient.</summary>
public sealed class SendCommand
{
    private readonly Argument<string> to = new("TO")
    {
        Description = "The recipient: +447700900123, or as dialled in the gateway's own country.",
    };

    private readonly Argument<string> text = new("TEXT")
    {
        Description = "What to say; - reads it from the standard input.",
    };

    private readonly Option<string?> from = Given.Word("--from", "LINE", "The line that must carry it.");
    private readonly Option<Guid?> device = Given.Id("--device", "The device that must carry it.");
    private readonly Option<DateTimeOffset?> sendAt;
    private readonly Option<TimeSpan?> validFor = Given.Span(
        "--valid-for",
        "How long it is worth sending, 5s to 7d; a day when left out."
    );
    private readonly Option<long?> priority = Given.Number(
        "--priority",
        "N",
        "0 to 9, the higher goes first; 5 when left out.",
        most: 9
    );
    private readonly Option<string[]> tags = new("--tag")
    {
        Description = "A word to find it by; up to 10 times.",
        HelpName = "TAG",
    };
    private readonly Option<JsonElement?> metadata = new("--metadata")
    {
        Description = "A JSON object of your own, given back as it is.",
        HelpName = "JSON",
        CustomParser = given =>
        {
            try
            {
                return JsonElement.Parse(given.Tokens[0].Value);
            }
            catch (JsonException)
            {
                given.AddError("--metadata is not JSON; write it as '{\"order\": 17}'.");
                return null;
            }
        },
    };
    private readonly Option<bool> noReport = new("--no-report")
    {
        Description = "Don't ask the network for a delivery report.",
    };
    private readonly Option<string?> key = Given.Word(
        "--idempotency-key",
        "KEY",
        "The same key is the same message, however often it is sent; a new one when left out."
    );
    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Description = "Tell what would happen, and send nothing.",
    };
    private readonly Waiting waiting = new();

    private SendCommand(Runner runner) => sendAt = Given.Future(runner.Here, "--send-at", "Not before.");

    public static Command Create(Runner runner)
    {
        var send = new SendCommand(runner);
        var command = new Command("send", "Send one text.")
        {
            send.to,
            send.text,
            send.from,
            send.device,
            send.sendAt,
            send.validFor,
            send.priority,
            send.tags,
            send.metadata,
            send.noReport,
            send.key,
            send.dryRun,
        };
        send.waiting.AddTo(command);
        return runner.Does(
            command,
            send.Send,
            "gateway send +447700900123 \"Shall we meet at eight?\"",
            "gateway send +447700900123 \"Shall we meet at eight?\" --wait --json | jq .status",
            "gateway send +447700900123 - --send-at 2h --tag reminder < reminder.txt"
        );
    }

    private async Task Send(Call call)
    {
        var order = await Order(call);
        if (call.Get(dryRun))
        {
            call.Output.Show(await call.Client.Messages.Try(order, call.Cancellation), MessageSheets.DryRuns);
            return;
        }

        var accepted = await SureSending.Do(
            call,
            call.Get(key),
            unique => call.Client.Messages.Send(order, unique, call.Cancellation)
        );
        await waiting.Finish(call, accepted);
    }

    private async Task<SendMessage> Order(Call call)
    {
        var words = call.Get(text);
        return new(
            call.Get(to),
            words == "-" ? (await call.Here.In.ReadToEndAsync(call.Cancellation)).TrimEnd('\r', '\n') : words
        )
        {
            From = call.Get(from),
            DeviceId = call.Get(device),
            SendAt = call.Get(sendAt),
            ValidForSeconds = (int?)call.Get(validFor)?.TotalSeconds,
            Priority = (int?)call.Get(priority),
            Tags = call.Get(tags) is { Length: > 0 } given ? given : null,
            Metadata = call.Get(metadata),
            DeliveryReport = call.Get(noReport) ? false : null,
        };
    }
}
