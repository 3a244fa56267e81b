using System.Text.Json;
using FluentValidation;
using Gateway.Application;
using Gateway.Application.Messages;

namespace Gateway.Specs.Messages;

public class SendMessageRulesSpecs
{
    private sealed class WholeText : AbstractValidator<string>
    {
        public WholeText() => RuleFor(text => text).Cascade(CascadeMode.Stop).WholeCharacters();
    }

    private sealed class AnyNumber : AbstractValidator<SendMessage>
    {
        public AnyNumber() => RuleFor(command => command.To).Number("GB");
    }

    [Theory]
    [InlineData("Hello 👋", true)]
    [InlineData("", true)]
    [InlineData("a\0b", false)]
    [InlineData("\uD83D", false)]
    [InlineData("\uDC4B", false)]
    [InlineData("\uDC4B\uD83D", false)]
    [InlineData("a\uD83Db", false)]
    public void A_text_holds_whole_characters_and_no_NUL(string text, bool isWhole) =>
        Assert.Equal(isWhole, new WholeText().Validate(text).IsValid);

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
