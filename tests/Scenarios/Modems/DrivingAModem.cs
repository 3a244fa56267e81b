using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.Domain.Telephony;

namespace Gateway.Scenarios.Modems;

public class DrivingAModem
{
    private const string Remote = "+447700900123";
    private const string Long =
        "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. "
        + "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. ";

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    [InlineData("pty")]
    public async Task Two_segments_are_sent_and_both_are_reported_delivered(string face)
    {
        await using var network = SimulatedNetwork.Start(face);
        await using var radio = await RadioFactory.Open(network.Uri, TimeProvider.System, Stop);
        var parts = SmsText.Of(Long).Parts();

        var references = new List<int>();
        for (var i = 0; i < parts.Count; i++)
        {
            references.Add(
                Assert
                    .IsType<Accepted>(await radio.SubmitPart(SimulatedNetwork.Part(Remote, parts, i), Stop))
                    .Reference
            );
        }

        var reports = await Read<DeliveryReportArrived>(radio, parts.Count);
        Assert.Equal(parts.Select(Truth.Hash), network.Taken.Select(taken => taken.Body_h));
        Assert.Equal(
            [(1, 2, true), (2, 2, true)],
            network.Taken.Select(taken => (taken.Part, taken.Of, taken.Report))
        );
        Assert.Equal(references, reports.Select(report => report.Reference).Order());
        Assert.All(reports, report => Assert.Equal((0, Remote), (report.Status, report.To)));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    [InlineData("pty")]
    public async Task Texts_come_in_whole_and_leave_the_modem_once_they_are_safe(string face)
    {
        await using var network = SimulatedNetwork.Start(face);
        await using var radio = await RadioFactory.Open(network.Uri, TimeProvider.System, Stop);
        network.Carrier.Text("sim1", Remote, "Hello");
        network.Carrier.Text("sim1", Remote, Long);

        var inbound = await Read<InboundArrived>(radio, 2);
        Assert.Equal([("Hello", 1), (Long, 2)], inbound.Select(text => (text.Text!, text.Parts)));
        Assert.All(inbound, text => Assert.Equal((Remote, "international"), (text.From, text.FromType)));
        Assert.Equal(3, await Used(radio));

        foreach (var text in inbound)
        {
            await radio.ConfirmInbound(text.Key, Stop);
        }

        Assert.Equal(0, await Used(radio));
    }

    [Fact]
    public async Task What_came_in_while_nobody_was_there_is_found_at_the_start()
    {
        await using var network = SimulatedNetwork.Start("unix");
        await using (await RadioFactory.Open(network.Uri, TimeProvider.System, Stop)) { }
        network.Carrier.Text("sim1", Remote, "Are you there?");
        await using var radio = await RadioFactory.Open(network.Uri, TimeProvider.System, Stop);

        Assert.Equal("Are you there?", (await Read<InboundArrived>(radio, 1))[0].Text);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public async Task A_modem_whose_cable_came_off_is_opened_again(string face)
    {
        await using var network = SimulatedNetwork.Start(face);
        await using var radio = await RadioFactory.Open(network.Uri, TimeProvider.System, Stop);
        network.Carrier.Change("sim1", LineState.Lost);
        var changes = Read<RadioChanged>(radio, 2);
        network.Carrier.Change("sim1", LineState.Ready);

        Assert.Equal(["lost", "ready"], (await changes).Select(change => change.State));
        Assert.IsType<Accepted>(
            await radio.SubmitPart(SimulatedNetwork.Part(Remote, ["Back again"], 0), Stop)
        );
    }

    [Fact]
    public async Task The_modem_tells_who_and_how_it_is()
    {
        await using var network = SimulatedNetwork.Start("tcp");
        await using var radio = await RadioFactory.Open(network.Uri, TimeProvider.System, Stop);
        var reading = await radio.ReadHealth(Stop);

        Assert.Equal(("+447700900001", "PTYNET"), (radio.Sims[0].Number, radio.Sims[0].Operator));
        Assert.Equal(
            ("ready", "home", -71),
            (reading.Sims[0].State, reading.Sims[0].Registration, reading.Sims[0].Dbm)
        );
        Assert.Equal(87, reading.Device.Battery!.Percent);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<int> Used(IRadio radio) => (await radio.ReadHealth(Stop)).Sims[0].Store!.Used;

    private static async Task<List<T>> Read<T>(IRadio radio, int count)
        where T : RadioEvent
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var read = new List<T>();
        await foreach (var happened in radio.Events(patience.Token))
        {
            if (happened is T wanted)
            {
                read.Add(wanted);
            }

            if (read.Count == count)
            {
                break;
            }
        }

        return read;
    }
}
