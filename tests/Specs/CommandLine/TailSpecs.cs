using Gateway.Specs.Client;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

public class TailSpecs
{
    [Fact]
    public async Task Each_fact_is_a_line_until_it_is_interrupted()
    {
        using var stop = new CancellationTokenSource();
        using var trial = Following(stop, Feed(false, FeedSpecs.Event(7), FeedSpecs.Event(8)));

        var ended = await trial.Run("tail --after 6", stop.Token);

        Assert.Equal((130, ""), (ended.Code, ended.Error));
        Assert.Equal(
            [
                "7  2026-01-01T12:00:01.000Z  message_sent              0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4  device:1  segments=1",
                "8  2026-01-01T12:00:01.000Z  message_sent              0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4  device:1  segments=1",
            ],
            ended.Lines
        );
    }

    [Fact]
    public async Task A_connection_that_ends_is_mentioned_beside_the_facts_and_opened_again()
    {
        using var stop = new CancellationTokenSource();
        using var trial = Following(stop, Feed(true, FeedSpecs.Event(7)), Feed(false, FeedSpecs.Event(8)));

        var ended = await trial.Run("tail --after 0", stop.Token);

        Assert.Equal(2, ended.Lines.Count);
        Assert.Equal("The connection ended; going on from the last fact …\n", ended.Error);
    }

    [Fact]
    public async Task Types_may_stand_together_or_apart()
    {
        using var trial = Trial.SignedIn(Problem(400, "event-type-is-unknown", "There is none."));

        await trial.Run("tail --after 0 --types a,b --types c --device " + Answers.Id);

        Assert.Equal($"/v1/events?types=a%2Cb%2Cc&device={Answers.Id}&after=0", trial.Network.Asked[0].Path);
    }

    [Fact]
    public async Task As_json_each_line_is_a_whole_fact()
    {
        using var stop = new CancellationTokenSource();
        using var trial = Following(stop, Feed(false, FeedSpecs.Event(7)));

        var ended = await trial.Run("tail --after 0 --json", stop.Token);

        Assert.Contains("\"position\":7", Assert.Single(ended.Lines));
        Assert.Contains("\"data\":{\"segments\":1}", ended.Lines[0]);
    }

    /// <summary>Real time, as the feed listens with it; the interruption comes when all has been heard.</summary>
    private static Trial Following(
        CancellationTokenSource stop,
        params IEnumerable<Func<HttpResponseMessage>> answers
    )
    {
        stop.CancelAfter(TimeSpan.FromSeconds(1.5));
        return new()
        {
            Time = TimeProvider.System,
            Network = new(answers),
            Variables = { ["GATEWAY_URL"] = "http://gateway.example", ["GATEWAY_KEY"] = "gk_test" },
        };
    }
}
