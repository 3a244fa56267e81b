using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Webhooks;

public class RetryScheduleSpecs
{
    private static readonly Guid Delivery = new("0198a000-0000-7000-8000-000000000003");
    private static readonly RetrySchedule Standard = RetrySchedule.Standard;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 300)]
    [InlineData(3, 1800)]
    [InlineData(4, 7200)]
    [InlineData(5, 18000)]
    [InlineData(6, 36000)]
    [InlineData(7, 50400)]
    [InlineData(8, 72000)]
    [InlineData(9, 86400)]
    public void Each_wait_is_the_planned_one_give_or_take_a_tenth(int attempt, int seconds) =>
        Assert.InRange(
            Standard.After(Delivery, attempt, null)!.Value.TotalSeconds,
            0.9 * seconds,
            1.1 * seconds
        );

    [Fact]
    public void There_are_ten_attempts() => Assert.Null(Standard.After(Delivery, 10, null));

    [Fact]
    public void The_wait_of_a_delivery_is_the_same_whenever_it_is_asked() =>
        Assert.Equal(Standard.After(Delivery, 4, null), Standard.After(Delivery, 4, null));

    [Fact]
    public void What_broke_together_is_not_tried_together() =>
        Assert.True(
            Enumerable
                .Range(1, 100)
                .Select(n => Standard.After(new Guid(n, 0, 0, new byte[8]), 5, null))
                .Distinct()
                .Count() > 50
        );

    [Fact]
    public void A_receiver_may_ask_for_a_longer_wait() =>
        Assert.Equal(Duration.FromMinutes(10), Standard.After(Delivery, 1, 600_000));

    [Fact]
    public void But_not_for_more_than_an_hour() =>
        Assert.Equal(Duration.FromHours(1), Standard.After(Delivery, 1, 7 * 24 * 3_600_000L));

    [Fact]
    public void Nor_for_a_shorter_wait_than_planned() =>
        Assert.True(Standard.After(Delivery, 3, 1000) > Duration.FromMinutes(26));
}
