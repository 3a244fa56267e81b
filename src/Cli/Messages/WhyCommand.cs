using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary><c>gateway messages why</c>: the story of a message.</summary>
public static class WhyCommand
{
    public static Command Create(Runner runner)
    {
        var id = Given.Id("message");
        return runner.Does(
            new Command("why", "Tell why a message is as it is.") { id },
            async call =>
            {
                var story = await call.Client.Messages.Why(call.Get(id), call.Cancellation);
                call.Output.Tell(story, told => [told.DecidedBy.ToString()], () => Tell(call, story));
            },
            "gateway messages why 0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4"
        );
    }

    private static void Tell(Call call, MessageStory story)
    {
        call.Output.Show(story.Steps, StepsOf(story));
        if (story.Steps.Any(step => !step.IsOwn))
        {
            call.Output.Hint("* decided it   ~ happened around it");
        }
        else
        {
            call.Output.Hint("* decided it");
        }

        if (story.Correlation is { } correlation)
        {
            call.Output.Hint($"What else came of the same request: gateway audit graph {correlation}");
        }
    }

    private static Sheet<StoryStep> StepsOf(MessageStory story) =>
        new(
            "",
            step => step.Fact.Id.ToString(),
            [
                new(
                    "",
                    step =>
                        step.Fact.Id == story.DecidedBy ? "*"
                        : step.IsOwn ? null
                        : "~"
                ),
                new("Recorded", step => Words.Exactly(step.Fact.RecordedAt)),
                new(
                    "Status",
                    step => step.Status,
                    Style: step => step.Status is { } status ? Words.Colour(status) : null
                ),
                new("What happened", step => step.Says, Wraps: true),
            ]
        );
}
