using System.CommandLine;
using Gateway.Cli.History;
using Gateway.Cli.Running;
using Gateway.Client.Audit;

namespace Gateway.Cli.Audit;

/// <summary><c>gateway audit</c>: searches every fact.</summary>
public static class AuditCommand
{
    public static Command Create(Runner runner)
    {
        var number = Given.Word("--number", "NUMBER", "What this number takes part in, as +447700900123.");
        var actor = Given.Word("--actor", "ACTOR", "Caused by, such as key:…, device:… or system:router.");
        var types = Given.Words("--types", "TYPE,…", "Only these, such as message_sent,message_delivered.");
        var stream = Given.Id("--stream", "Of this message, device, key …");
        var correlation = Given.Word("--correlation", "ID", "Of one request.");
        var device = Given.Id("--device", "Of this device.");
        var since = Given.Past(runner.Here, "--since", "Recorded at or after.");
        var until = Given.Past(runner.Here, "--until", "Recorded before.");
        var after = Given.Number("--after", "POSITION", "Behind this position.");
        var audit = new Command("audit", "Search every fact, in the order it was recorded.")
        {
            number,
            actor,
            types,
            stream,
            correlation,
            device,
            since,
            until,
            after,
        };
        var many = HowMany.Of(audit);
        return runner.Does(
            audit,
            call =>
            {
                var filter = new AuditFilter
                {
                    Number = call.Get(number),
                    Actor = call.Get(actor),
                    Types = call.Get(types) ?? [],
                    Stream = call.Get(stream),
                    Correlation = call.Get(correlation),
                    Device = call.Get(device),
                    Since = call.Get(since),
                    Until = call.Get(until),
                    After = call.Get(after),
                };
                var facts = call.Client.Audit.List(filter, many.PageSize(call), call.Cancellation);
                return call.Output.Show(facts, many.Most(call), FactSheets.OfMany);
            },
            "gateway audit --number +447700900123",
            "gateway audit --types message_failed --since 1d --all --json | jq .data"
        );
    }
}
