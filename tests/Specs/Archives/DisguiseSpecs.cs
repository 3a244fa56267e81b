using Gateway.Api.Archives.Incidents;
using Gateway.Domain.Consent;
using Gateway.Domain.Conversations;
using Gateway.Domain.Telephony;

namespace Gateway.Specs.Archives;

public class DisguiseSpecs
{
    private readonly Disguise disguise = new();

    [Theory]
    [InlineData("+447700900123", "+44")]
    [InlineData("+12025550123", "+1")]
    [InlineData("+353861234567", "+353")]
    public void A_number_keeps_its_country_and_its_length(string number, string country)
    {
        var other = disguise.Replace(Personal.Number, number);

        Assert.NotEqual(number, other);
        Assert.StartsWith(country, other);
        Assert.Equal(number.Length, other.Length);
        Assert.True(Msisdn.TryParse(other, out _));
    }

    [Theory]
    [InlineData("Your code is 4711. Don't tell!")]
    [InlineData("Ça coûte 5 € [net] ~ là-bas")]
    [InlineData("Привет, Анна! Как дела?")]
    [InlineData("See you 👋🏽 at 8 – “there”")]
    [InlineData("日本語のテキスト")]
    public void A_text_keeps_its_alphabet_and_as_many_segments(string text)
    {
        foreach (var whole in new[] { text, string.Concat(Enumerable.Repeat(text, 9)) })
        {
            var other = disguise.Replace(Personal.Text, whole);

            Assert.NotEqual(whole, other);
            Assert.Equal(whole.Length, other.Length);
            var (before, after) = (SmsText.Of(whole), SmsText.Of(other));
            Assert.Equal(
                (before.Alphabet, before.Units, before.Segments),
                (after.Alphabet, after.Units, after.Segments)
            );
        }
    }

    [Fact]
    public void The_same_is_replaced_by_the_same_and_another_by_another()
    {
        var numbers = Enumerable.Range(0, 1000).Select(n => $"+4477009{n:00000}").ToList();
        var others = numbers.Select(n => disguise.Replace(Personal.Number, n)).ToList();

        Assert.Equal(others, numbers.Select(n => disguise.Replace(Personal.Number, n)));
        Assert.Distinct(others);
    }

    [Fact]
    public void Another_file_has_other_replacements() =>
        Assert.NotEqual(
            disguise.Replace(Personal.Number, "+447700900123"),
            new Disguise().Replace(Personal.Number, "+447700900123")
        );

    [Fact]
    public void Ids_made_from_numbers_are_made_from_the_new_ones()
    {
        const string Line = "+447700900001";
        const string Remote = "+447700900123";
        var (line, remote) = (
            disguise.Replace(Personal.Number, Line),
            disguise.Replace(Personal.Number, Remote)
        );

        var ids = disguise.DerivedIds();

        Assert.Equal(Conversation.IdBetween(line, remote), ids[Conversation.IdBetween(Line, Remote)]);
        Assert.Equal(ConsentState.IdOf(remote), ids[ConsentState.IdOf(Remote)]);
    }

    [Fact]
    public void A_line_that_is_called_after_its_device_stays() =>
        Assert.Equal("device:1/sim1", disguise.Replace(Personal.Number, "device:1/sim1"));
}
