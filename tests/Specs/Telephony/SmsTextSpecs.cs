using CsCheck;
using Gateway.Domain.Telephony;

namespace Gateway.Specs.Telephony;

public class SmsTextSpecs
{
    private static readonly Gen<string> GsmText = Gen.Char["abc 0123€[]{}@£ÇÖ\n"]
        .Array[0, 700]
        .Select(c => new string(c));

    private static readonly Gen<string> WideText = Gen.OneOf(
            Gen.Const("😀"),
            Gen.Const("п"),
            Gen.Const("a"),
            Gen.Char.Select(c => c.ToString())
        )
        .Array[0, 300]
        .Select(string.Concat);

    private static readonly Gen<string> AnyText = Gen.OneOf(GsmText, WideText);

    [Fact]
    public void The_empty_text_is_one_segment_of_nothing() =>
        Assert.Equal(new SmsText("", SmsAlphabet.Gsm7, 0, 1), SmsText.Of(""));

    [Fact]
    public void A_character_of_the_extension_table_counts_twice() =>
        Assert.Equal(new SmsText("€5", SmsAlphabet.Gsm7, 3, 1), SmsText.Of("€5"));

    [Fact]
    public void The_parts_of_any_text_join_to_the_text() =>
        AnyText.Sample(text => string.Concat(SmsText.Of(text).Parts()) == text);

    [Fact]
    public void There_are_as_many_parts_as_segments_were_counted() =>
        AnyText.Sample(text => SmsText.Of(text).Parts().Count == SmsText.Of(text).Segments);

    [Fact]
    public void No_part_is_longer_than_a_segment_holds() =>
        AnyText.Sample(text =>
        {
            var sms = SmsText.Of(text);
            var limit = (sms.Alphabet, sms.Segments) switch
            {
                (SmsAlphabet.Gsm7, 1) => 160,
                (SmsAlphabet.Gsm7, _) => 153,
                (_, 1) => 70,
                _ => 67,
            };
            return sms.Parts().All(part => Units(part, sms.Alphabet) <= limit);
        });

    [Fact]
    public void No_surrogate_pair_is_split() =>
        AnyText.Sample(text =>
        {
            var parts = SmsText.Of(text).Parts();
            return parts
                .Zip(parts.Skip(1))
                .All(pair => !char.IsSurrogatePair(pair.First[^1], pair.Second[0]));
        });

    private static int Units(string part, SmsAlphabet alphabet) =>
        alphabet == SmsAlphabet.Gsm7 && GsmAlphabet.Default.TryCount(part, out var septets)
            ? septets
            : part.Length;
}
