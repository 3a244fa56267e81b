using Gateway.Domain.Telephony;

namespace Gateway.Specs.Telephony;

public class GsmAlphabetSpecs
{
    public static TheoryData<string> Texts => Vector.Ids("gsm7");

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_becomes_the_septets_of_the_vectors_and_comes_back(string id)
    {
        var (alphabet, text, vector) = Read(id);
        var septets = new byte[text.Length * 2];
        var length = alphabet.Encode(text, septets);

        Assert.Equal(vector.Expected.Text("septets"), Convert.ToHexString(septets.AsSpan(0, length)));
        Assert.True(alphabet.TryCount(text, out var count));
        Assert.Equal(vector.Expected.MaybeNumber("septetCount"), count);
        Assert.Equal(text, alphabet.Decode(septets.AsSpan(0, length)));
    }

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

    private static (GsmAlphabet Alphabet, string Text, Vector Vector) Read(string id)
    {
        var vector = Vector.Of(id);
        var (locking, single) = (
            vector.Inputs.MaybeNumber("lockingTable"),
            vector.Inputs.MaybeNumber("singleShiftTable")
        );
        return (GsmAlphabet.With(locking ?? 0, single ?? 0), vector.Inputs.Text("text"), vector);
    }
}
