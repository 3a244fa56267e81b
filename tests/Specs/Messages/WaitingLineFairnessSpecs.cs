using Gateway.Application.Messages;

namespace Gateway.Specs.Messages;

public class WaitingLineFairnessSpecs
{
    private static readonly Guid Bound = Guid.Parse("00000000-0000-0000-0000-000000000001");

    [Fact]
    public void A_crowd_that_may_go_anywhere_does_not_use_up_the_places_of_what_waited_longer()
    {
        var line = new WaitingLine();
        var older = Waiting(since: 1, Bound);
        line.Add("t", [Waiting(since: 2), Waiting(since: 3), older, Waiting(since: 4)]);

        Assert.Equal(older, Offer(line, places: 1).Single());
    }

    [Fact]
    public void What_finds_no_place_stops_only_those_with_the_same_demands()
    {
        var line = new WaitingLine();
        var free = Waiting(since: 9);
        line.Add("t", [Waiting(since: 1, Bound), Waiting(since: 2, Bound), free]);
        var taken = new List<WaitingMessage>();

        line.Offer(
            "t",
            message =>
            {
                if (message.DeviceId == Bound)
                {
                    return false;
                }

                taken.Add(message);
                return true;
            }
        );

        Assert.Equal([free], taken);
        Assert.Equal(2, line.Count("t"));
    }

    private static List<WaitingMessage> Offer(WaitingLine line, int places)
    {
        var taken = new List<WaitingMessage>();
        line.Offer(
            "t",
            message =>
            {
                if (taken.Count == places)
                {
                    return false;
                }

                taken.Add(message);
                return true;
            }
        );
        return taken;
    }

    private static WaitingMessage Waiting(long since, Guid? device = null) =>
        new(Guid.NewGuid(), "+447700900123", null, device, 5, since);
}
