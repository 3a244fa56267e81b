using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Outbox;

public sealed class OutboxSpecs : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox").FullName;
    private readonly StringWriter truth = new();
    private readonly NoDisk disk = new();
    private readonly FakeTimeProvider time = new();

    public void Dispose()
    {
        truth.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_failed_sync_stops_the_agent_before_anything_is_submitted()
    {
        await using var radio = Radio();
        using var journal = Journal.Open(folder, time, disk);
        var outbox = Outbox(journal, radio);
        outbox.Connect(frames => Answer(outbox, frames, breakDisk: true));
        outbox.Post(new GatewaySaid(new Welcome("s1", 0)));
        outbox.Post(new GatewaySaid(Device.Lease(Device.Message)));

        await Assert.ThrowsAsync<JournalException>(() => outbox.Run(null, Stop, Stop));

        Assert.Empty(truth.ToString());
    }

    [Fact]
    public async Task A_message_goes_all_the_way_and_the_outbox_stops_when_asked()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var radio = Radio();
        using var journal = Journal.Open(folder, time, disk);
        var outbox = Outbox(journal, radio);
        var settled = new TaskCompletionSource<Fact>(TaskCreationOptions.RunContinuationsAsynchronously);
        outbox.Connect(frames =>
        {
            Answer(outbox, frames, breakDisk: false);
            if (frames.OfType<Fact>().FirstOrDefault(fact => fact.K == FactKind.Settled) is { } fact)
            {
                settled.TrySetResult(fact);
            }
        });
        outbox.Post(new GatewaySaid(new Welcome("s1", 0)));
        outbox.Post(new GatewaySaid(Device.Lease(Device.Message)));
        var running = outbox.Run(null, stop.Token, Stop);

        Assert.Equal(SettledResult.Ok, (await settled.Task.WaitAsync(Stop)).Result);
        await stop.CancelAsync();
        await running;
        Assert.Single(truth.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private void Answer(
        Gateway.DeviceAgent.Outbox.Outbox outbox,
        IReadOnlyList<UpFrame> frames,
        bool breakDisk
    )
    {
        foreach (var claim in frames.OfType<Claim>())
        {
            disk.IsBroken = breakDisk;
            outbox.Post(new GatewaySaid(new ClaimYes(claim.M, claim.F)));
        }
    }

    private SimulatedRadio Radio() =>
        new(new(new(Defaults: new(Spread.None, new(Spread.None))), time, new(truth)), time);

    private Gateway.DeviceAgent.Outbox.Outbox Outbox(Journal journal, SimulatedRadio radio) =>
        new(
            journal,
            new(journal, new(time), [radio], new("boot", _ => "hash", () => new(0, 0, 0, () => 0))),
            new(null)
        );
}
