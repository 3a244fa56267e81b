using Gateway.Application.Messages;

namespace Gateway.Specs.Messages;

public class WaitingLineSpecs
{
    private const string Shop = "shop";
    private const string Bank = "bank";
    private const string Line = "+447700900001";
    private readonly WaitingLine line = new();

    [Fact]
    public void The_higher_priority_goes_first_then_the_older()
    {
        line.Add(
            Shop,
            [
                Text(1, priority: 5, since: 20),
                Text(2, priority: 5, since: 10),
                Text(3, priority: 9, since: 30),
            ]
        );

        Assert.Equal([3, 2, 1], TakenBy(Shop));
    }

    [Fact]
    public void Of_the_same_age_the_one_that_came_first_goes_first()
    {
        line.Add(Shop, Enumerable.Range(1, 100).Select(number => Text(number, since: 10)));

        Assert.Equal(Enumerable.Range(1, 100), TakenBy(Shop));
    }

    [Fact]
    public void What_is_taken_leaves_and_what_is_not_stays()
    {
        line.Add(Shop, [Text(1), Text(2), Text(3)]);

        Assert.Equal([1, 2], TakenBy(Shop, most: 2));
        Assert.Equal(1, line.Count(Shop));
        Assert.Equal([3], TakenBy(Shop));
        Assert.Equal(0, line.Count(Shop));
    }

    [Fact]
    public void A_message_waits_once()
    {
        line.Add(Shop, [Text(1), Text(1)]);
        line.Add(Shop, [Text(1)]);

        Assert.Equal([1], TakenBy(Shop));
    }

    [Fact]
    public void What_was_taken_may_wait_again()
    {
        line.Add(Shop, [Text(1)]);
        TakenBy(Shop);
        line.Add(Shop, [Text(1)]);

        Assert.Equal([1], TakenBy(Shop));
    }

    [Fact]
    public void Tenants_wait_apart()
    {
        line.Add(Shop, [Text(1)]);
        line.Add(Bank, [Text(1)]);

        Assert.Equal([1], TakenBy(Shop));
        Assert.Equal(1, line.Count(Bank));
        Assert.Equal(0, line.Count("nobody"));
        Assert.Empty(TakenBy("nobody"));
    }

    [Fact]
    public void A_busy_line_does_not_stop_the_others()
    {
        line.Add(Shop, [Text(1, priority: 9) with { Line = Line }, Text(2) with { Line = Line }, Text(3)]);

        var taken = new List<int>();
        line.Offer(Shop, message => message.Line is null && Took(taken, message));

        Assert.Equal([3], taken);
        Assert.Equal(2, line.Count(Shop));
    }

    [Fact]
    public void A_full_line_takes_no_more()
    {
        line.Add(Shop, Enumerable.Range(1, WaitingLine.Capacity + 5).Select(number => Text(number)));

        Assert.Equal(WaitingLine.Capacity, line.Count(Shop));
        line.Add(Bank, [Text(1)]);
        Assert.Equal(1, line.Count(Bank));
    }

    private List<int> TakenBy(string tenant, int most = int.MaxValue)
    {
        var taken = new List<int>();
        line.Offer(tenant, message => taken.Count < most && Took(taken, message));
        return taken;
    }

    private static bool Took(List<int> taken, WaitingMessage message)
    {
        taken.Add(
            int.Parse(message.Id.ToString("N")[20..], System.Globalization.CultureInfo.InvariantCulture)
        );
        return true;
    }

    private static WaitingMessage Text(int number, int priority = 5, long since = 0) =>
        new(new($"01920000-0000-7000-8000-{number:D12}"), "+447700900123", null, null, priority, since);
}
