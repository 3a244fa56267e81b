using System.CommandLine;
using System.Text.Json;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.Audit;
using Gateway.Client.History;

namespace Gateway.Cli.Audit;

/// <summary><c>gateway audit readings</c>: who was shown texts, and why.</summary>
public static class ReadingsCommand
{
    private static readonly Sheet<Fact> Readings = new(
        "Nobody was shown it.",
        reading => reading.Id.ToString(),
        [
            new("When", reading => Words.Exactly(reading.RecordedAt)),
            new("Who", reading => reading.Actor),
            new("What", What),
            new("Why", reading => Field(reading, "purpose"), Wraps: true),
        ]
    );

    public static Command Create(Runner runner)
    {
        var conversation = Given.Id("--conversation", "Who read this conversation.");
        var message = Given.Id("--message", "Who read this message.");
        var number = Given.Word("--number", "NUMBER", "Who read what was written with this number.");
        Option<bool> directOnly = new("--direct-only")
        {
            Description = "Without those who read a part of the whole log and may have seen it there.",
        };
        var readings = new Command("readings", "List who was shown texts, and why.")
        {
            conversation,
            message,
            number,
            directOnly,
        };
        readings.Validators.Add(given =>
        {
            Option[] subjects = [conversation, message, number];
            if (subjects.Count(option => given.GetResult(option) is not null) != 1)
            {
                given.AddError("Who read what? Say one of --conversation, --message and --number.");
            }
        });
        var many = HowMany.Of(readings);
        return runner.Does(
            readings,
            call =>
            {
                var subject =
                    call.Get(conversation) is { } thread ? Subject.Conversation(thread)
                    : call.Get(message) is { } text ? Subject.Message(text)
                    : Subject.Number(call.Get(number)!);
                var found = call.Client.Audit.Readings(
                    subject,
                    !call.Get(directOnly),
                    many.PageSize(call),
                    call.Cancellation
                );
                return call.Output.Show(found, many.Most(call), Readings);
            },
            "gateway audit readings --number +447700900123",
            "gateway audit readings --message 0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4 --direct-only"
        );
    }

    /// <summary>Such as <c>entries</c>, or <c>feed, behind 12 (message_sent)</c> for a part of the log.</summary>
    private static string What(Fact reading)
    {
        var part = Field(reading, "after") is { } after
            ? $", behind {after}{(Field(reading, "upTo") is { } upTo ? $" up to {upTo}" : "")}"
            : "";
        var narrowed = Field(reading, "narrowed") is { } words ? $" ({words})" : "";
        return $"{Field(reading, "what")}{part}{narrowed}";
    }

    private static string? Field(Fact reading, string name) =>
        reading.Data.ValueKind == JsonValueKind.Object && reading.Data.TryGetProperty(name, out var value)
            ? Words.Of((JsonElement?)value)
            : null;
}
