using Gateway.Client;
using Gateway.Client.History;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.Client;

public class FeedSpecs
{
    private static readonly GatewayClientOptions Hasty = new()
    {
        Pause = TimeSpan.Zero,
        LongestPause = TimeSpan.FromMilliseconds(1),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_arrive_whole_however_the_network_cuts_them()
    {
        var frames = $": hello\nretry: 1000\n\n{Event(7)}\n: still here\n\n{Event(8)}\n";
        foreach (var size in Enumerable.Range(1, frames.Length))
        {
            var network = new Recording(Feed(false, frames.Chunk(size).Select(piece => new string(piece))));

            Assert.Equal([7, 8], await Follow(network, 2));
        }
    }

    [Fact]
    public async Task Lines_may_end_as_on_windows()
    {
        var network = new Recording(Feed(false, Event(7).ReplaceLineEndings("\r\n") + "\r\n"));

        Assert.Equal([7], await Follow(network, 1));
    }

    [Fact]
    public async Task After_a_break_it_goes_on_behind_the_last_fact()
    {
        var network = new Recording(Feed(true, Event(7), Event(8)), Feed(false, Event(9)));

        var positions = await Follow(network, 3);

        Assert.Equal([7, 8, 9], positions);
        Assert.Equal((null, "8"), (LastEventId(network, 0), LastEventId(network, 1)));
        Assert.Equal("/v1/events?after=8", network.Asked[1].Path);
    }

    [Fact]
    public async Task A_fact_of_which_only_the_beginning_arrived_comes_again()
    {
        var network = new Recording(
            Feed(true, Event(7), "id: 8\nevent: message_sent\ndata: {\"id\""),
            Feed(false, Event(8))
        );

        Assert.Equal([7, 8], await Follow(network, 2));
        Assert.Equal("7", LastEventId(network, 1));
    }

    [Fact]
    public async Task A_place_without_a_fact_says_that_there_was_nothing_up_to_there()
    {
        var network = new Recording(Feed(true, Event(7), ": so far\nid: 90\n\n"), Feed(false, Event(91)));

        Assert.Equal([7, 91], await Follow(network, 2));
        Assert.Equal("90", LastEventId(network, 1));
    }

    [Fact]
    public async Task When_the_gateway_closes_it_is_asked_again_from_the_last_id()
    {
        var network = new Recording(
            Feed(
                true,
                Event(7),
                "id: 7\nevent: gateway.closing\ndata: {\"code\":\"gateway-is-stopping\"}\n\n"
            ),
            Refused(),
            Problem(503, "database-is-unavailable", "Try again."),
            Feed(false, Event(8))
        );
        List<string?> interruptions = [];

        var positions = await Follow(network, 2, broken => interruptions.Add(broken?.Message));

        Assert.Equal([7, 8], positions);
        Assert.Equal([null, "Connection refused", "Try again."], interruptions);
    }

    [Fact]
    public async Task What_was_seen_before_does_not_come_twice()
    {
        var network = new Recording(Feed(true, Event(7)), Feed(false, Event(7), Event(8)));

        Assert.Equal([7, 8], await Follow(network, 2));
    }

    [Fact]
    public async Task A_feed_that_says_nothing_any_more_is_opened_again()
    {
        var network = new Recording(Feed(false, Event(7)), Feed(false, Event(8)));
        var options = Hasty with { Silence = TimeSpan.FromMilliseconds(20) };

        Assert.Equal([7, 8], await Follow(network, 2, options: options));
    }

    [Fact]
    public async Task A_refusal_ends_it()
    {
        var network = new Recording(
            Feed(true, Event(7)),
            Problem(401, "api-key-is-invalid", "The API key is revoked.")
        );

        var no = await Assert.ThrowsAsync<GatewayProblemException>(() => Follow(network, 2));

        Assert.Equal("api-key-is-invalid", no.Code);
    }

    [Fact]
    public async Task Who_cannot_get_in_the_first_time_is_told_at_once() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => Follow(new Recording(Refused()), 1));

    [Fact]
    public async Task Without_a_position_it_begins_with_what_is_new()
    {
        var network = new Recording(
            Json("""{"items":[],"after":41,"more":false}"""),
            Feed(true),
            Feed(false, Event(42))
        );

        var fact = await Gateway(network).Events.Follow(cancellation: Cancellation).FirstAsync(Cancellation);

        Assert.Equal(42, fact.Position);
        Assert.Equal(
            ["/v1/events?after=41", "/v1/events?after=41"],
            network.Asked.Skip(1).Select(asked => asked.Path)
        );
    }

    [Fact]
    public async Task The_stored_facts_are_read_page_after_page_and_filtered_by_the_gateway()
    {
        var network = new Recording(
            Json($$"""{"items":[{{Fact(3)}}],"after":3,"more":true}"""),
            Json("""{"items":[],"after":90,"more":false}""")
        );
        var filter = new FactFilter { Types = ["message_sent", "message_failed"], Number = "+447700900123" };

        var facts = await Gateway(network)
            .Events.List(0, filter, cancellation: Cancellation)
            .ToListAsync(Cancellation);

        Assert.Equal(2, Assert.Single(facts).Schema);
        Assert.Equal(
            [
                "/v1/events?types=message_sent%2Cmessage_failed&number=%2B447700900123&after=0&limit=500",
                "/v1/events?types=message_sent%2Cmessage_failed&number=%2B447700900123&after=3&limit=500",
            ],
            network.Asked.Select(asked => asked.Path)
        );
    }

    internal static string Event(long position) =>
        $"id: {position}\nevent: message_sent\ndata: {Fact(position)}\n\n";

    private static string Fact(long position) =>
        $$"""
            {"id":"0199e1c4-7b0a-7c55-9d2e-{{position:d12}}","position":{{position}},"stream":"0199e1c4-7b0a-7c55-9d2e-3f60a7c1b2d4","version":4,"type":"message_sent","schema":2,"actor":"device:1","correlation":"c","causation":null,"at":"2026-01-01T12:00:00.000000Z","data":{"segments":1},"recordedAt":"2026-01-01T12:00:01.000000Z"}
            """;

    private static async Task<IReadOnlyList<long>> Follow(
        Recording network,
        int count,
        Action<Exception?>? interrupted = null,
        GatewayClientOptions? options = null
    ) =>
        await Gateway(network, options)
            .Events.Follow(0, null, interrupted, Cancellation)
            .Take(count)
            .Select(fact => fact.Position)
            .ToListAsync(Cancellation);

    private static GatewayClient Gateway(Recording network, GatewayClientOptions? options = null) =>
        new(network.Client(), options ?? Hasty);

    private static string? LastEventId(Recording network, int request) =>
        network.Asked[request].Header("Last-Event-ID");
}
