using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Outbox;

/// <summary>A dispatcher with a real journal, a fake clock, and us in the place of gateway and radio.</summary>
internal sealed class Device : IDisposable
{
    public const string Alice = "+447700900123";
    public static readonly Guid Message = Guid.Parse("01912d68-783e-7a03-8467-5661c1243ad4");
    public static readonly Guid Next = Guid.Parse("01912d68-783e-7a03-8467-5661c1243ad5");
    public static readonly string TwoParts = new('x', 200);

    private readonly string folder = Directory.CreateTempSubdirectory("device").FullName;
    private readonly SimulatedRadio radio;
    private readonly int partsPerMinute;
    private Journal journal = null!;
    private Dispatcher dispatcher = null!;
    private AgentClock clock = null!;

    public Device(int partsPerMinute = 0)
    {
        this.partsPerMinute = partsPerMinute;
        radio = new(new(new(), Time), Time);
        Start();
        Say(new Welcome("s1", 0));
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    /// <summary>All that was handed to the radio, in all runs.</summary>
    public List<SubmitNow> Submitted { get; } = [];

    /// <summary>What the earlier run left open and is looked into.</summary>
    public List<Intent> LookedInto { get; } = [];

    public JournalMemory Memory => journal.Memory;

    public IReadOnlyList<JournalRecord> OnDisk => JournalScan.Of(folder).Records;

    /// <summary>The process dies and comes back.</summary>
    public void Restart()
    {
        journal.Dispose();
        Start();
    }

    /// <returns>What the device says to it.</returns>
    public IReadOnlyList<UpFrame> Say(params DownFrame[] frames) =>
        Take([.. frames.Select(f => new GatewaySaid(f))]);

    /// <summary>The radio ends the part in hand.</summary>
    public IReadOnlyList<UpFrame> End(PartResult result)
    {
        var part = Submitted[^1].Part;
        return Take(new PartEnded(part.Sim, part.Message, Submitted[^1].F, part.Part, result));
    }

    public IReadOnlyList<UpFrame> Hear(RadioEvent happened) => Take(new RadioSaid(radio, happened));

    public IReadOnlyList<UpFrame> Find(Conclusion conclusion) =>
        Take(new Investigated(LookedInto[^1], new(conclusion, "Because.")));

    public IReadOnlyList<UpFrame> Wait(int seconds)
    {
        var said = new List<UpFrame>();
        for (var i = 0; i < seconds; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            said.AddRange(Take(new Ticked()));
        }
        return said;
    }

    /// <summary>Leases and claims a message until it is with the radio.</summary>
    public void Send(Guid message, int fence = 1, string text = "hello", int parts = 1)
    {
        Say(new Lease(message, fence, "sim1", Alice, text, Parts: parts));
        Say(new ClaimYes(message, fence));
    }

    public static Lease Lease(Guid message, int fence = 1) => new(message, fence, "sim1", Alice, "hello");

    public void Dispose()
    {
        journal.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Start()
    {
        journal = Journal.Open(folder, Time, new NoDisk());
        clock = new(Time);
        dispatcher = new(
            journal,
            clock,
            [radio],
            new("boot", lease => "hash", () => new(partsPerMinute, 0, 0, () => 0))
        );
        dispatcher.Start(null);
        Flush();
    }

    private List<UpFrame> Take(params Happened[] all)
    {
        foreach (var happened in all)
        {
            dispatcher.Take(happened);
        }
        return Flush();
    }

    private List<UpFrame> Flush()
    {
        dispatcher.Finish();
        journal.CommitNow();
        if (dispatcher.IsLinked)
        {
            dispatcher.Facts.Send(dispatcher.Frames);
        }
        Submitted.AddRange(dispatcher.Orders.OfType<SubmitNow>());
        LookedInto.AddRange(dispatcher.Orders.OfType<LookInto>().Select(look => look.Intent));
        var said = dispatcher.Frames.Where(frame => frame is not Ask).ToList();
        dispatcher.Frames.Clear();
        dispatcher.Orders.Clear();
        return said;
    }
}
