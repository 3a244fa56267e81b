using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary>The options that narrow facts.</summary>
public sealed class FactOptions
{
    private readonly Option<string?> number = Given.Word(
        "--number",
        "NUMBER",
        "What this number takes part in, as +447700900123."
    );
    private readonly Option<string?> actor = Given.Word(
        "--actor",
        "ACTOR",
        "Caused by, such as key:…, device:… or system:router."
    );
    private readonly Option<string[]?> types = Given.Words(
        "--types",
        "TYPE,…",
        "Only these, such as message_sent,message_delivered."
    );
    private readonly Option<Guid?> stream = Given.Id("--stream", "Of this message, device, key …");
    private readonly Option<string?> correlation = Given.Word("--correlation", "ID", "Of one request.");
    private readonly Option<Guid?> device = Given.Id("--device", "Of this device.");
    private readonly Option<DateTimeOffset?> since;
    private readonly Option<DateTimeOffset?> until;
    private readonly Option<long?> after;

    private FactOptions(Surroundings here, bool isEndless)
    {
        since = Given.Past(here, "--since", "Recorded at or after.");
        until = Given.Past(here, "--until", "Recorded before.");
        after = Given.Number(
            "--after",
            "POSITION",
            isEndless
                ? "Begin behind this position, 0 from the very first fact; only what is new when left out."
                : "Begin behind this position; with the very first fact when left out."
        );
    }

    /// <summary>Gives a command the options.</summary>
    /// <param name="isEndless">It waits for facts to come, so it has no <c>--until</c>.</param>
    public static FactOptions Of(Command command, Runner runner, bool isEndless)
    {
        var options = new FactOptions(runner.Here, isEndless);
        command.Add(options.number);
        command.Add(options.actor);
        command.Add(options.types);
        command.Add(options.stream);
        command.Add(options.correlation);
        command.Add(options.device);
        command.Add(options.since);
        if (!isEndless)
        {
            command.Add(options.until);
        }

        command.Add(options.after);
        return options;
    }

    public long? After(Call call) => call.Get(after);

    public FactFilter Filter(Call call) =>
        new()
        {
            Number = call.Get(number),
            Actor = call.Get(actor),
            Types = call.Get(types) ?? [],
            Stream = call.Get(stream),
            Correlation = call.Get(correlation),
            Device = call.Get(device),
            Since = call.Get(since),
            Until = call.Get(until),
        };
}
