using Gateway.Cli.Running;

namespace Gateway.Specs.CommandLine;

public class MomentSpecs
{
    [Theory]
    [InlineData("2026-01-01T11:30:00Z", "2026-01-01T11:30:00Z")]
    [InlineData("2026-01-01T11:30:00.123456Z", "2026-01-01T11:30:00.123456Z")]
    [InlineData("2026-01-01T11:30:00+02:00", "2026-01-01T09:30:00Z")]
    [InlineData("2026-01-01T11:30", "2026-01-01T11:30:00Z")]
    [InlineData("2026-01-01", "2026-01-01T00:00:00Z")]
    [InlineData("90s", "2026-01-01T11:58:30Z")]
    [InlineData("2h", "2026-01-01T10:00:00Z")]
    [InlineData("3d", "2025-12-29T12:00:00Z")]
    public void A_moment_is_an_instant_in_utc_a_day_or_how_long_ago(string text, string instant) =>
        Assert.Equal(
            DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
            Moments.Read(text, Trial.Noon, -1)
        );

    [Fact]
    public void Ahead_a_span_leads_into_the_future() =>
        Assert.Equal(Trial.Noon.AddMinutes(10), Moments.Read("10m", Trial.Noon, +1));

    [Theory]
    [InlineData("1234", "1234")]
    [InlineData("before:92920ed3-c40d-56c5-a1d0-1b85294b1e04", "before:92920ed3-c40d-56c5-a1d0-1b85294b1e04")]
    [InlineData("2026-01-01", "2026-01-01T00:00:00.000000Z")]
    [InlineData("2h", "2026-01-01T10:00:00.000000Z")]
    public void A_place_in_the_log_is_a_moment_a_position_or_just_before_a_fact(string text, string asked) =>
        Assert.Equal(asked, Moments.ReadPlace(text, Trial.Noon).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("before:")]
    [InlineData("after:92920ed3-c40d-56c5-a1d0-1b85294b1e04")]
    public void Any_other_place_is_none(string text) => Assert.Null(Moments.ReadPlace(text, Trial.Noon));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("2w")]
    [InlineData("-2h")]
    [InlineData("1.1.2026")]
    [InlineData("99999999999h")]
    public void Anything_else_is_none(string text) => Assert.Null(Moments.Read(text, Trial.Noon, -1));
}
