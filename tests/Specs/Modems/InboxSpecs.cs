using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.At.Inbox;
using Gateway.DeviceAgent.Modem.Pdu;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Gateway.Specs.Modems;

public class InboxSpecs
{
    private static readonly OffsetDateTime Noon = new(new(2026, 1, 1, 12, 0), Offset.Zero);

    private readonly FakeTimeProvider time = new();
    private readonly List<RadioEvent> told = [];
    private readonly AtInbox inbox;

    public InboxSpecs() => inbox = new("sim1", time, told.Add);

    [Fact]
    public void A_single_text_is_told_at_once()
    {
        inbox.Take(Stored(1, Pdu("Hello")));

        Assert.Equal(
            ("Hello", "+447700900123", "international", 1),
            Only() is var t ? (t.Text, t.From, t.FromType, t.Parts) : default
        );
    }

    [Fact]
    public void Segments_are_joined_whatever_order_they_come_in()
    {
        inbox.Take(Stored(1, Pdu("c", 7, 3, 3)));
        inbox.Take(Stored(2, Pdu("a", 7, 3, 1)));
        Assert.Empty(told);
        inbox.Take(Stored(3, Pdu("b", 7, 3, 2)));

        Assert.Equal(("abc", 3, false), Only() is var t ? (t.Text, t.Parts, t.Partial) : default);
    }

    [Fact]
    public void A_segment_that_comes_twice_counts_once()
    {
        inbox.Take(Stored(1, Pdu("a", 7, 2, 1)));
        inbox.Take(Stored(2, Pdu("a", 7, 2, 1)));
        inbox.Take(Stored(3, Pdu("b", 7, 2, 2)));

        Assert.Equal("ab", Only().Text);
    }

    [Fact]
    public void Another_text_in_the_same_place_begins_a_new_set()
    {
        inbox.Take(Stored(1, Pdu("old", 7, 2, 1)));
        inbox.Take(Stored(2, Pdu("a", 7, 2, 1)));
        inbox.Take(Stored(3, Pdu("b", 7, 2, 2)));

        Assert.Equal("ab", Only().Text);
    }

    [Fact]
    public void What_is_not_whole_after_a_day_is_told_as_partial()
    {
        inbox.Take(Stored(1, Pdu("b", 7, 2, 2)));
        time.Advance(TimeSpan.FromHours(24));
        inbox.TakeOverdue();

        Assert.Equal(("b", 2, true), Only() is var t ? (t.Text, t.Parts, t.Partial) : default);
    }

    [Fact]
    public void What_cannot_be_read_is_passed_on_as_it_is()
    {
        inbox.Take(Stored(1, "0004FF"));

        Assert.Equal("0004FF", Assert.IsType<UndecodableArrived>(Assert.Single(told)).Raw);
    }

    [Fact]
    public void A_text_that_is_told_and_swept_is_told_once_until_it_is_safe()
    {
        inbox.Take(Stored(1, Pdu("Hello")));
        inbox.Take(Stored(1, Pdu("Hello")));

        Assert.Equal([new Place("SM", 1)], Places(inbox.Confirm(Only().Key)));
        Assert.Empty(inbox.Confirm(Only().Key));
    }

    [Fact]
    public void The_same_text_has_the_same_key_after_a_restart()
    {
        inbox.Take(Stored(1, Pdu("Hello")));
        var again = new List<RadioEvent>();
        new AtInbox("sim1", time, again.Add).Take(Stored(9, Pdu("Hello")));

        Assert.Equal(Only().Key, Assert.IsType<InboundArrived>(Assert.Single(again)).Key);
    }

    [Fact]
    public void All_segments_leave_the_modem_when_their_text_is_safe()
    {
        inbox.Take(Stored(4, Pdu("b", 7, 2, 2)));
        inbox.Take(Stored(2, Pdu("a", 7, 2, 1)));

        Assert.Equal([new Place("SM", 2), new Place("SM", 4)], Places(inbox.Confirm(Only().Key)));
    }

    [Fact]
    public void A_report_leaves_the_modem_some_time_after_it_was_taken()
    {
        var report = new SmsStatusReport(41, SmsAddress.Of("+447700900123"), Noon, Noon, 0).Encode();
        inbox.Take(new(report.Hex, new("SR", 1)));
        var arrived = Assert.IsType<DeliveryReportArrived>(Assert.Single(told));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(inbox.TakeSettled(TimeSpan.FromSeconds(5)));

        inbox.Confirm(arrived);
        Assert.Empty(inbox.TakeSettled(TimeSpan.FromSeconds(5)));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([new Place("SR", 1)], Places(inbox.TakeSettled(TimeSpan.FromSeconds(5))));
    }

    private static IEnumerable<Place> Places(IEnumerable<StoredPdu> stored) =>
        stored.Select(pdu => pdu.Place!.Value);

    private InboundArrived Only() => Assert.IsType<InboundArrived>(Assert.Single(told));

    private static StoredPdu Stored(int index, string hex) => new(hex, new("SM", index));

    private static string Pdu(string text, int reference = 0, int total = 1, int sequence = 1) =>
        new SmsDeliver(
            SmsAddress.Of("+447700900123"),
            Payload.Of(
                text,
                new(Coding.Gsm7, null),
                total == 1
                    ? UserDataHeader.None
                    : new(new Concatenation(reference, total, sequence, Wide: false))
            ),
            Noon
        )
            .Encode()
            .Hex;
}
