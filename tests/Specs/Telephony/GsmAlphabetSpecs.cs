using Gateway.Domain.Telephony;

namespace Gateway.Specs.Telephony;

public class GsmAlphabetSpecs
{
    [Theory]
    [InlineData('ç')]
    [InlineData('`')]
    [InlineData('\t')]
    [InlineData('°')]
    [InlineData('’')]
    [InlineData('\u001b')]
    public void Some_common_characters_are_not_in_the_default_alphabet(char character) =>
        Assert.Equal(0, GsmAlphabet.Default.SeptetsOf(character));

    [Fact]
    public void Every_character_of_every_carried_table_comes_back()
    {
        for (var table = 0; table <= 3; table++)
        {
            var alphabet = GsmAlphabet.With(table, table);
            var characters = string.Concat(
                Enumerable.Range(0, 0x2300).Select(code => (char)code).Where(c => alphabet.SeptetsOf(c) > 0)
            );
            var septets = new byte[characters.Length * 2];

            Assert.Equal(
                characters,
                alphabet.Decode(septets.AsSpan(0, alphabet.Encode(characters, septets)))
            );
        }
    }

    [Fact]
    public void A_table_that_is_not_carried_reads_as_the_default_one() =>
        Assert.Same(GsmAlphabet.Default, GsmAlphabet.With(9, 13));
}
