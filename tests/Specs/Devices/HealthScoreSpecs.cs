using CsCheck;
using Gateway.Domain.Devices;

namespace Gateway.Specs.Devices;

public class HealthScoreSpecs
{
    private static readonly HealthReading Healthy = new("ready", "home", true, 80, false, -80, 300, 10);
    private static readonly HealthReading Silent = new("ready", null, true, null, false, null, null, null);

    [Fact]
    public void A_device_without_blemish_has_a_hundred()
    {
        Assert.Equal(100, HealthScore.Of(Healthy).Score);
        Assert.Empty(HealthScore.Of(Healthy).Deductions);
    }

    [Fact]
    public void What_is_unknown_costs_nothing() => Assert.Equal(100, HealthScore.Of(Silent).Score);

    [Theory]
    [InlineData(31, 100)]
    [InlineData(30, 90)]
    [InlineData(16, 90)]
    [InlineData(15, 60)]
    [InlineData(6, 60)]
    [InlineData(5, 0)]
    [InlineData(0, 0)]
    public void A_low_battery_costs(int percent, int score)
    {
        Assert.Equal(score, HealthScore.Of(Healthy with { Battery = percent }).Score);
        Assert.Equal(100, HealthScore.Of(Healthy with { Battery = percent, Charging = true }).Score);
    }

    [Theory]
    [InlineData(-99, 100)]
    [InlineData(-100, 100)]
    [InlineData(-101, 90)]
    [InlineData(-110, 90)]
    [InlineData(-111, 70)]
    public void A_weak_signal_costs(int dbm, int score) =>
        Assert.Equal(score, HealthScore.Of(Healthy with { Dbm = dbm }).Score);

    [Theory]
    [InlineData(449, 100)]
    [InlineData(450, 70)]
    [InlineData(549, 70)]
    [InlineData(550, 0)]
    public void Heat_costs(int tenths, int score) =>
        Assert.Equal(score, HealthScore.Of(Healthy with { TemperatureTenths = tenths }).Score);

    [Fact]
    public void What_cannot_send_has_nothing()
    {
        Assert.Equal(0, HealthScore.Of(Healthy with { State = "pin" }).Score);
        Assert.Equal(0, HealthScore.Of(Healthy with { Registration = "denied" }).Score);
        Assert.Equal(0, HealthScore.Of(Healthy with { Registration = "searching" }).Score);
        Assert.Equal(0, HealthScore.Of(Healthy with { RadioOn = false }).Score);
    }

    [Fact]
    public void Each_deduction_is_named_with_its_cost() =>
        Assert.Equal(
            ["battery_low -40", "signal_weak -30"],
            HealthScore.Of(Healthy with { Battery = 10, Dbm = -115 }).Deductions
        );

    [Fact]
    public void The_score_stays_between_nothing_and_a_hundred() =>
        Gen.Select(Gen.Int[-10, 110], Gen.Int[-140, 0], Gen.Int[-500, 1000], Gen.Int[0, 200])
            .Sample(
                (battery, dbm, heat, store) =>
                    HealthScore.Of(new("ready", "home", true, battery, false, dbm, heat, store)).Score
                        is >= 0
                            and <= 100
            );
}
