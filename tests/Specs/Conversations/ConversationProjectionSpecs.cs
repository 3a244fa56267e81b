using Gateway.Domain.Conversations;
using Gateway.Domain.Messages;
using Gateway.Projections.Conversations;
using Gateway.Specs.Messages;
using JasperFx.Events;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Conversations;

public class ConversationProjectionSpecs
{
    private static readonly ConversationProjection Projection = new();

    private static readonly InboundMessageReceived Received = new(
        WithAlice,
        Phone,
        Sim,
        Line,
        Alice.Value,
        "international",
        "Hi",
        1,
        false,
        "key-1",
        Noon,
        null,
        Noon
    );

    [Fact]
    public void The_first_text_either_way_begins_the_conversation()
    {
        var ours = View(Out(101))!;
        var theirs = View(In(101))!;

        Assert.Equal(
            (Line, Alice.Value, "outbound", 0),
            (ours.Line, ours.Remote, ours.LastDirection, ours.Unread)
        );
        Assert.Equal(
            (Line, Alice.Value, "inbound", 1),
            (theirs.Line, theirs.Remote, theirs.LastDirection, theirs.Unread)
        );
    }

    [Fact]
    public void The_newest_text_stands_on_top()
    {
        var view = View(Out(101), In(102), Out(103))!;

        Assert.Equal(
            (MessageId, "outbound", 103),
            (view.LastMessageId, view.LastDirection, view.LastPosition)
        );
    }

    [Fact]
    public void Inbound_texts_are_unread_until_somebody_has_seen_them()
    {
        Assert.Equal(2, View(In(101), In(102))!.Unread);
        Assert.Equal(1, View(In(101), In(102), Read(101))!.Unread);
        Assert.Equal(0, View(In(101), In(102), Read(102))!.Unread);
        Assert.Equal(1, View(In(101), In(102), Read(102), In(104))!.Unread);
    }

    [Fact]
    public void Reading_twice_or_backwards_changes_nothing()
    {
        var read = View(In(101), In(102), Read(102))!;

        Assert.Equal(
            read,
            View([In(101), In(102), Read(102), Read(102)])! with
            {
                UnreadPositions = read.UnreadPositions,
            }
        );
        Assert.Equal(102, View(In(101), In(102), Read(102), Read(50))!.ReadUpTo);
    }

    [Fact]
    public void An_old_reading_mark_makes_no_crowd_of_unread_texts_smaller()
    {
        var crowd = Enumerable.Range(101, 250).Select(position => In(position)).ToArray();

        Assert.Equal(250, View(crowd)!.Unread);
        Assert.Equal(200, View(crowd)!.UnreadPositions.Count);
        Assert.Equal(250, View([Out(1), Read(1), .. crowd, Read(1)])!.Unread);
        Assert.Equal(0, View([.. crowd, Read(1_000)])!.Unread);
    }

    [Fact]
    public void Nobody_reads_a_conversation_that_does_not_exist() => Assert.Null(View(Read(101)));

    [Fact]
    public void An_unknown_fact_leaves_the_view_as_it_was()
    {
        var view = View(Out(101));

        Assert.Same(view, Projection.Evolve(view, WithAlice, Folded.Stored(MessageId, "unheard of", 200)));
    }

    private static IEvent Out(long position) => Folded.Stored(MessageId, Dispatched, position);

    private static IEvent In(long position) => Folded.Stored(Answer, Received, position);

    private static IEvent Read(long upTo) =>
        Folded.Stored(WithAlice, new ConversationRead(WithAlice, upTo, Soon), upTo + 10_000);

    private static ConversationView? View(params IEvent[] events) =>
        Folded.Fold<ConversationView>(Projection.Evolve, WithAlice, events);
}
