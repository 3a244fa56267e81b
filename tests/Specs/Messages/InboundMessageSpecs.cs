using Gateway.Domain.Messages;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class InboundMessageSpecs
{
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

    private static readonly InboundMessageMatched Matched = new(
        WithAlice,
        MessageId,
        "latest_in_conversation",
        Soon
    );

    [Fact]
    public void A_text_uploaded_twice_is_one_message()
    {
        Given().When(m => InboundMessage.Receive(m, Received)).Recorded(Received);
        Given(Received).When(m => InboundMessage.Receive(m, Received)).NothingHappens();
    }

    [Fact]
    public void Nothing_refuses_a_text_even_an_empty_one() =>
        Given()
            .When(m => InboundMessage.Receive(m, Received with { Text = "", From = "" }))
            .Recorded(Received with { Text = "", From = "" });

    [Fact]
    public void The_same_key_of_the_same_device_is_the_same_message()
    {
        Assert.Equal(InboundMessage.IdOf(Phone, "key-1"), InboundMessage.IdOf(Phone, "key-1"));
        Assert.NotEqual(InboundMessage.IdOf(Phone, "key-1"), InboundMessage.IdOf(OtherPhone, "key-1"));
        Assert.NotEqual(InboundMessage.IdOf(Phone, "key-1"), InboundMessage.IdOf(Phone, "key-2"));
    }

    [Fact]
    public void What_it_answers_is_noted_once_and_the_first_match_stands()
    {
        Given(Received).When(m => InboundMessage.Match(m, MessageId, Matched.Rule, Soon)).Recorded(Matched);
        Given(Received, Matched)
            .When(m => InboundMessage.Match(m, Answer, Matched.Rule, Soon))
            .NothingHappens();
        Assert.Equal(MessageId, Given(Received, Matched, Matched with { MessageId = Answer }).State!.Matched);
    }

    [Fact]
    public void An_unknown_text_answers_nothing() =>
        Given().When(m => InboundMessage.Match(m, MessageId, Matched.Rule, Soon)).NothingHappens();

    private static Given<InboundMessage> Given(params object[] history) =>
        new(InboundMessage.Evolve, history);
}
