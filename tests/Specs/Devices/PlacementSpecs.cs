using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.DeviceProtocol;

namespace Gateway.Specs.Devices;

public class PlacementSpecs
{
    private const string Shop = "shop";
    private const string Sim = "sim1";
    private readonly Fleet fleet = new();
    private readonly SentFrames link = new();
    private readonly LiveDevice device;
    private readonly Placement placement;

    public PlacementSpecs()
    {
        device = new LiveDevice(Guid.CreateVersion7(), Shop, 1, "boot", link);
        device.SetSim(Sim, "+447700900001", 1);
        fleet.Join(device);
        placement = new Placement(fleet, new StickyLines());
    }

    [Fact]
    public void A_place_that_is_planned_is_given_to_no_other()
    {
        var plan = Planned(Text(), Text());

        Assert.Equal([true, false], plan.Select(placed => placed.Result.Choice is not null));
        Assert.Null(Assert.Single(Planned(Text())).Result.Choice);
    }

    [Fact]
    public void What_was_not_committed_gives_its_place_back()
    {
        placement.Cancel(Shop, Planned(Text()));

        Assert.NotNull(Assert.Single(Planned(Text())).Result.Choice);
    }

    [Fact]
    public void What_was_lent_keeps_its_place_and_the_device_is_told()
    {
        var plan = Planned(Text());
        var (message, choice) = (plan[0].Message.Id, plan[0].Result.Choice!);

        placement.Keep(Shop, plan, [new(choice, Lease(message, fence: 1))]);

        Assert.Equal([(message, 1)], device.OnHand());
        Assert.Equal(message, Assert.IsType<Lease>(Assert.Single(link.Frames)).M);
        Assert.Null(Assert.Single(Planned(Text())).Result.Choice);
    }

    [Fact]
    public void An_order_that_is_repeated_does_not_take_the_place_of_the_first_away()
    {
        device.SetSim(Sim, null, 2);
        var text = Text();
        device.Take(Sim, text.Id, 1);

        placement.Cancel(Shop, Planned(text));

        Assert.Equal([(text.Id, 1)], device.OnHand());
        Assert.Equal(1, Assert.Single(device.Snapshot()).Places);
    }

    private List<Placed> Planned(params IEnumerable<WaitingMessage> messages)
    {
        var plan = new List<Placed>();
        placement.Plan(
            Shop,
            choose => plan.AddRange(messages.Select(message => new Placed(message, choose(message))))
        );
        return plan;
    }

    private static WaitingMessage Text() =>
        new(Guid.CreateVersion7(), "+447700900123", null, null, Priority: 5, Since: 0);

    private static Lease Lease(Guid message, int fence) =>
        new(
            message,
            fence,
            Sim,
            "+447700900123",
            "Hello",
            Report: true,
            ValidForMs: 60_000,
            LeaseMs: 60_000,
            Parts: 1,
            Policy: "hold"
        );

    private sealed class SentFrames : IDeviceLink
    {
        public List<DownFrame> Frames { get; } = [];

        public void Send(params IReadOnlyList<DownFrame> frames) => Frames.AddRange(frames);

        public void Close(int code, string reason) { }
    }
}
