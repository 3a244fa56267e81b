using Gateway.Api.Messages.Why;
using Gateway.Domain.Messages;
using Gateway.Specs.Events;

namespace Gateway.Specs.History;

public class SentenceSpecs
{
    private static readonly Sentences Sentences = new(_ => "Shelf 1");

    public static TheoryData<string> OfMessages =>
        [
            .. StoredEvents
                .All.Where(known =>
                    known.Type.IsAssignableTo(typeof(MessageEvent))
                    || known.Type.IsAssignableTo(typeof(InboundMessageEvent))
                )
                .Select(known => known.Name),
        ];

    [Theory]
    [MemberData(nameof(OfMessages))]
    public void Every_fact_of_a_message_is_told_in_a_sentence(string name) =>
        Assert.Matches(@"^[A-Z].+\.$", Sentences.Of(SampleSpecs.SampleOf(name), Guid.Empty));

    [Theory]
    [MemberData(nameof(OfMessages))]
    public void A_sentence_has_no_text_and_no_whole_number(string name)
    {
        var says = Sentences.Of(SampleSpecs.SampleOf(name), Guid.Empty)!;

        Assert.DoesNotContain("Hello", says, StringComparison.Ordinal);
        Assert.DoesNotContain("+447700900123", says, StringComparison.Ordinal);
    }
}
