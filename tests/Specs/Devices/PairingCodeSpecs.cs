using Gateway.Application.Devices;

namespace Gateway.Specs.Devices;

public class PairingCodeSpecs
{
    [Theory]
    [InlineData("ab0d1-2345z")]
    [InlineData("AB0D12345Z")]
    [InlineData(" AB0D1 2345Z ")]
    [InlineData("ABOD1-2345Z")]
    [InlineData("abodi-2345z")]
    [InlineData("ABODL-2345Z")]
    [InlineData("ABODl–2345Z")]
    public void Capitals_gaps_and_the_usual_mix_ups_do_not_matter(string typed) =>
        Assert.Equal(PairingCodes.Hash("AB0D1-2345Z"), PairingCodes.Hash(typed));

    [Fact]
    public void Another_code_is_another_code()
    {
        Assert.NotEqual(PairingCodes.Hash("AB0D1-2345Z"), PairingCodes.Hash("AB0D1-23450"));
        Assert.NotEqual(PairingCodes.Hash("AB0D1-2345Z"), PairingCodes.Hash(""));
    }

    [Fact]
    public void A_code_has_no_letter_that_could_be_a_digit() =>
        Assert.All(
            Enumerable.Range(0, 200).Select(_ => PairingCodes.Make()),
            code => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", code)
        );
}
