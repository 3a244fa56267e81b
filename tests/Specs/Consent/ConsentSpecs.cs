using Gateway.Domain.Consent;
using NodaTime;

namespace Gateway.Specs.Consent;

public class ConsentSpecs
{
    private const string Alice = "+447700900123";
    private static readonly Guid Text = new("01920000-0000-7000-8000-0000000000c1");
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly OptedOut Out = new(Alice, "inbound", "STOP", Text, Noon);
    private static readonly OptedIn In = new(Alice, "inbound", "START", Text, Noon);

    [Theory]
    [InlineData("STOP", "STOP")]
    [InlineData("stop", "STOP")]
    [InlineData("  Stop. ", "STOP")]
    [InlineData("Stop !", "STOP")]
    [InlineData("StopAll", "STOPALL")]
    [InlineData("unsubscribe", "UNSUBSCRIBE")]
    [InlineData("CANCEL", "CANCEL")]
    [InlineData("end", "END")]
    [InlineData("quit", "QUIT")]
    [InlineData("optout", "OPTOUT")]
    [InlineData("revoke\n", "REVOKE")]
    public void A_stop_word_ends_consent(string text, string word) =>
        Given().When(c => Hear(c, text)).Recorded(Out with { Word = word });

    [Theory]
    [InlineData("Please stop")]
    [InlineData("STOP it")]
    [InlineData("Don't stop")]
    [InlineData("nonstop")]
    [InlineData("")]
    [InlineData("...")]
    public void Only_the_whole_text_is_a_keyword(string text) =>
        Given().When(c => Hear(c, text)).NothingHappens();

    [Theory]
    [InlineData("START")]
    [InlineData("unstop")]
    [InlineData("Yes")]
    public void A_start_word_counts_only_after_a_stop(string text)
    {
        Given().When(c => Hear(c, text)).NothingHappens();
        Given(Out, In).When(c => Hear(c, text)).NothingHappens();
        Given(Out).When(c => Hear(c, text)).Recorded(In with { Word = text.ToUpperInvariant() });
    }

    [Fact]
    public void Stop_said_twice_is_recorded_once() => Given(Out).When(c => Hear(c, "STOP")).NothingHappens();

    [Fact]
    public void Stop_counts_again_after_a_start() => Given(Out, In).When(c => Hear(c, "STOP")).Recorded(Out);

    [Fact]
    public void The_last_word_holds()
    {
        Assert.True(Given(Out).State!.IsOptedOut);
        Assert.False(Given(Out, In).State!.IsOptedOut);
        Assert.True(Given(Out, In, Out).State!.IsOptedOut);
        Assert.Null(Given().State);
    }

    private static Domain.Decision Hear(ConsentState? state, string text) =>
        ConsentState.Hear(state, Alice, text, Text, Noon);

    private static Given<ConsentState> Given(params object[] history) => new(ConsentState.Evolve, history);
}
