using System.Text.Json;
using FluentValidation;
using Gateway.Application;
using Gateway.Application.Messages;

namespace Gateway.Specs.Messages;

public class SendMessageRulesSpecs
{
    private sealed class WholeText : AbstractValidator<string>
    {
        public WholeText() => RuleFor(text => text).WholeCharacters();
    }

    private sealed class AnyNumber : AbstractValidator<SendMessage>
    {
        public AnyNumber() => RuleFor(command => command.To).Number("GB");
    }

    /// <summary>Half pairs as numbers: an attribute cannot hold them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(true, 0x48, 0x69)]
    [InlineData(true, 0xD83D, 0xDC4B)]
    [InlineData(false, 0x61, 0, 0x62)]
    [InlineData(false, 0xD83D)]
    [InlineData(false, 0xDC4B)]
    [InlineData(false, 0xDC4B, 0xD83D)]
    [InlineData(false, 0x61, 0xD83D, 0x62)]
    [InlineData(false, 0xD83D, 0xD83D, 0xDC4B)]
    public void A_text_holds_whole_characters_and_no_NUL(bool isWhole, params int[] units) =>
        Assert.Equal(
            isWhole,
            new WholeText().Validate(string.Concat(units.Select(unit => (char)unit))).IsValid
        );

    [Fact]
    public void A_refused_number_says_how_to_write_one()
    {
        var error = Assert.Single(new AnyNumber().Validate(new SendMessage("hello", "Hi")).Errors);

        Assert.Equal("number-is-invalid", error.ErrorCode);
        Assert.DoesNotContain("hello", error.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_is_an_object()
    {
        using var list = JsonDocument.Parse("[1]");
        using var nothing = JsonDocument.Parse("null");

        Assert.Null(
            new SendMessage("+447700900123", "Hi", Metadata: nothing.RootElement)
                .ToOrder("GB", Story.Noon)
                .Metadata
        );
        Assert.Null(
            new SendMessage("+447700900123", "Hi", Metadata: list.RootElement)
                .ToOrder("GB", Story.Noon)
                .Metadata
        );
    }
}
