using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary><c>gateway events</c>: the feed up to now, and what its facts look like.</summary>
public static class EventsCommand
{
    private static readonly Sheet<EventSchema> Forms = new(
        "No events.",
        schema => schema.Type,
        [
            new("Type", schema => schema.Type),
            new("Version", schema => Words.Of(schema.Version)),
            new("Read", schema => string.Join(", ", schema.Read)),
        ]
    );

    public static Command Create(Runner runner) =>
        new("events", "Read the feed of facts, and what facts look like.") { List(runner), Schemas(runner) };

    private static Command List(Runner runner)
    {
        var list = new Command("list", "Read the feed up to now, in the order it was recorded.");
        var narrowed = FactOptions.Of(list, runner, isEndless: false);
        var many = HowMany.Of(list);
        return runner.Does(
            list,
            call =>
                call.Output.Show(
                    call.Client.Events.List(
                        narrowed.After(call) ?? 0,
                        narrowed.Filter(call),
                        many.PageSize(call),
                        call.Cancellation
                    ),
                    many.Most(call),
                    FactSheets.OfMany
                ),
            "gateway events list --limit 100",
            "gateway events list --after 1234 --types message_sent,message_failed --all --json"
        );
    }

    private static Command Schemas(Runner runner)
    {
        Argument<string?> type = new("TYPE")
        {
            Description = "Such as message_sent; all when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return runner.Does(
            new Command("schemas", "Show what facts look like, as JSON Schema.") { type },
            async call =>
            {
                if (call.Get(type) is not { } one)
                {
                    call.Output.Show(await call.Client.Events.Schemas(call.Cancellation), Forms);
                    return;
                }

                var found = await call.Client.Events.Schema(one, call.Cancellation);
                call.Output.Tell(
                    found,
                    schema => [schema.Schema.GetRawText()],
                    () => call.Output.Say(WholeJson.Laid(found.Schema))
                );
            },
            "gateway events schemas",
            "gateway events schemas message_sent"
        );
    }
}
