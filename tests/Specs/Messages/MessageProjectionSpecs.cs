using System.Text.Json;
using CsCheck;
using Gateway.Application;
using Gateway.Domain.Messages;
using Gateway.Projections.Messages;
using NodaTime;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class MessageProjectionSpecs
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions
    {
        IgnoreReadOnlyProperties = true,
    }.AddDomainValues();

    private static readonly MessageProjection Projection = new();

    private static readonly InboundMessageReceived Received = new(
        WithAlice,
        Phone,
        Sim,
        Line,
        Alice.Value,
        "international",
        "Hi",
        1,
        true,
        "key-1",
        Noon,
        null,
        Noon
    );

    private static readonly object[] Life =
    [
        Scheduled,
        new MessageReplied(Answer, WithAlice, Soon),
        new MessageReleased(Message.ScheduleHold, Evening),
        Held,
        Released,
        Dispatched,
        Lapsed,
        DispatchedUnder(2, OtherPhone),
        ClaimedUnder(2, OtherPhone),
        new MessageDoubted(2, OtherPhone, MessageReasons.DeviceUnsure, "written", Soon),
        new SegmentReported(2, OtherPhone, 1, 2, SegmentOutcomes.Accepted, 41, null, Soon),
        new MessageDelivered(2, OtherPhone, Soon),
        new MessageSent(2, OtherPhone, 1, Soon),
    ];

    [Fact]
    public void A_message_is_shown_as_it_was_asked_for()
    {
        var view = View(Queued)!;

        Assert.Equal(
            ("outbound", "queued", 101, 1),
            (view.Direction, view.Status, view.Position, view.Version)
        );
        Assert.Equal((Alice.Value, "Hello", 0), (view.Remote, view.Text, view.Attempts));
        Assert.Equal(["greeting"], view.Tags);
        Assert.Null(view.Line);
    }

    [Fact]
    public void It_shows_who_carries_it_and_how_many_tried()
    {
        var view = View(Queued, Dispatched, Lapsed, DispatchedUnder(2, OtherPhone))!;

        Assert.Equal((OtherPhone, Line, 2), (view.DeviceId!.Value, view.Line, view.Attempts));
        Assert.Equal(("dispatched", WithAlice), (view.Status, view.ConversationId!.Value));
    }

    [Fact]
    public void It_shows_the_status_of_the_stream_after_every_fact()
    {
        for (var known = 1; known <= Life.Length; known++)
        {
            var (view, message) = (View(Life[..known])!, Known(Life[..known]));
            Assert.Equal(MessageWords.Of(message.Status), view.Status);
            Assert.Equal(MessageWords.Of(message.Markers), view.Markers);
            Assert.Equal(known, view.Version);
        }
    }

    [Fact]
    public void The_same_facts_give_the_same_view() => Assert.Equal(Written(View(Life)), Written(View(Life)));

    [Fact]
    public void Folding_on_from_what_was_stored_equals_folding_all() =>
        Gen.Int[1, Life.Length - 1]
            .Sample(cut =>
            {
                var events = Folded.Stored(MessageId, Life);
                var stored = Written(
                    Folded.Fold<MessageView>(Projection.Evolve, MessageId, events.Take(cut))
                );
                var view = JsonSerializer.Deserialize<MessageView>(stored, Json);
                foreach (var e in events.Skip(cut))
                {
                    view = Projection.Evolve(view, MessageId, e);
                }

                Assert.Equal(Written(View(Life)), Written(view));
            });

    [Fact]
    public void The_text_is_kept_once() =>
        Assert.Single(Written(View(Queued, Dispatched, Claimed)).Split("Hello")[1..]);

    [Fact]
    public void An_unknown_fact_leaves_the_view_as_it_was()
    {
        var view = View(Queued, Dispatched);

        Assert.Same(view, Projection.Evolve(view, MessageId, Folded.Stored(MessageId, "unheard of", 200)));
        Assert.Null(Projection.Evolve(null, MessageId, Folded.Stored(MessageId, "unheard of", 200)));
    }

    [Fact]
    public void Times_are_those_of_the_facts()
    {
        var view = View(Scheduled, Cancelled with { At = Tomorrow })!;

        Assert.Equal(Noon, Instant.FromUnixTimeMilliseconds(view.QueuedAt));
        Assert.Equal(Evening, Instant.FromUnixTimeMilliseconds(view.SendAt!.Value));
        Assert.Equal(Tomorrow, Instant.FromUnixTimeMilliseconds(view.LastAt));
    }

    [Fact]
    public void An_inbound_text_is_shown_with_what_it_answers()
    {
        var view = View(
            Received,
            new InboundMessageMatched(WithAlice, MessageId, "latest_in_conversation", Soon)
        )!;

        Assert.Equal(("inbound", "received", 2), (view.Direction, view.Status, view.Version));
        Assert.Equal((Alice.Value, Line, MessageId), (view.Remote, view.Line, view.Answers!.Value));
        Assert.Equal(["partial"], view.Markers);
    }

    private static MessageView? View(params object[] facts) =>
        Folded.Fold<MessageView>(Projection.Evolve, MessageId, Folded.Stored(MessageId, facts));

    private static string Written(MessageView? view) => JsonSerializer.Serialize(view, Json);
}
