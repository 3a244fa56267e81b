using System.Collections.Concurrent;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>
/// A mobile network with some SIMs of ours in it. It takes parts, answers, reports, and lets people reply, all by
/// scenario and seed. It knows nothing of radios: the in-process face and the AT face both stand on it.
/// </summary>
public sealed class Carrier : IDisposable
{
    private static readonly Spread Accept = Spread.Parse("300..1000");
    private static readonly Spread ReportAfter = Spread.Parse("1s..3s");
    private static readonly Spread Silent = Spread.Parse("5s");
    private const int NoService = 331;
    private const int NoSim = 310;
    private const int StillTrying = 0x20;

    private readonly Dictionary<string, Line> lines = [];
    private readonly ConcurrentDictionary<string, int> seen = new();
    private readonly Script script;
    private readonly Chance chance;
    private readonly Agenda agenda;
    private readonly TimeProvider time;
    private readonly Truth? truth;
    private readonly string device;
    private int inbound;

    /// <param name="device">The name in the ground truth.</param>
    public Carrier(Scenario scenario, TimeProvider time, Truth? truth = null, string device = "d1")
    {
        (Scenario, this.time, this.truth, this.device) = (scenario, time, truth, device);
        (script, chance, agenda) = (new(scenario), new(scenario.Seed), new(time));
        foreach (var sim in scenario.Sims is { Count: > 0 } sims ? sims : [new("sim1", "+447700900001")])
        {
            lines.Add(sim.Sim, new(sim, chance.Pick(sim.Sim, "mr", 256)));
        }
        foreach (var happening in scenario.Timeline ?? [])
        {
            agenda.After(happening.At.For(chance, "timeline", "at"), due => Happen(happening, due));
        }
    }

    public Scenario Scenario { get; }

    public IReadOnlyCollection<Line> Lines => lines.Values;

    /// <summary>By how much the timeline has moved the clocks.</summary>
    public TimeSpan ClockShift { get; private set; }

    private Defaults Defaults => Scenario.Defaults ?? new();

    private DateTimeOffset CentreNow => time.GetUtcNow() + ClockShift;

    public Line Line(string sim) => lines[sim];

    /// <summary>Hands one part to the network. Cancelled before the network took it, it hasn't left.</summary>
    public async ValueTask<CarrierVerdict> Submit(string sim, CarrierSubmit part, CancellationToken stop)
    {
        var subject = part.Subject ?? Counted(part);
        var deed = script.For(part.To, part.Text, subject);
        var wait = (deed.AcceptMs ?? Defaults.AcceptMs ?? Accept).For(chance, subject, "accept");
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, stop);
        }
        var line = lines[sim];
        if (line.State != LineState.Ready)
        {
            return new(CarrierAnswer.Error, Code: line.State == LineState.Absent ? NoSim : NoService);
        }
        if ((deed.NeverLeft ?? deed.Refuse) is { } code)
        {
            return new(CarrierAnswer.Error, Code: code);
        }
        var reference = Take(line, part, deed, subject);
        if (deed.SilentAfterAccept)
        {
            await Task.Delay((Defaults.SilentMs ?? Silent).For(chance, subject, "silent"), time, stop);
            return new(CarrierAnswer.Silence);
        }
        return deed.ErrorButSent is { } error
            ? new(CarrierAnswer.Error, reference, error)
            : new(CarrierAnswer.Accepted, reference);
    }

    /// <summary>A person texts one of the SIMs.</summary>
    /// <param name="name">Unique and the same in every run; null for the next number.</param>
    /// <param name="lastFirst">Its parts come in reverse.</param>
    public void Text(
        string sim,
        string from,
        string text,
        int parts = 1,
        string? name = null,
        bool lastFirst = false
    )
    {
        name ??= $"in-{Interlocked.Increment(ref inbound)}";
        var came = new TextCame(sim, name, from, text, parts, CentreNow, lastFirst);
        truth?.Received(agenda.Now, device, came);
        lines[sim].Tell(came);
    }

    /// <summary>Puts a SIM or its radio into another state, as the timeline does.</summary>
    public void Change(string sim, LineState state) => lines[sim].Become(state);

    public void Dispose() => agenda.Dispose();

    private int Take(Line line, CarrierSubmit part, Deed deed, string subject)
    {
        var reference = line.NextReference();
        truth?.Sent(agenda.Now, device, line.Sim.Sim, part, reference, subject);
        if (part.Report && !deed.SilentAfterAccept)
        {
            Report(line, part, deed.Report ?? Defaults.Report ?? new(), reference, subject);
        }
        if (deed.Reply is { } reply && part.Part == part.Of)
        {
            var text = reply.Text[chance.Pick(subject, "reply", reply.Text.Count)];
            agenda.After(
                reply.After.For(chance, subject, "replyAfter"),
                _ => Text(line.Sim.Sim, part.To, text, name: "re-" + subject)
            );
        }
        return reference;
    }

    private void Report(Line line, CarrierSubmit part, ReportRule rule, int reference, string subject)
    {
        if (rule.Never)
        {
            return;
        }
        var (accepted, status) = (CentreNow, Convert.ToInt32(rule.Status, 16));
        var after = (rule.After ?? Defaults.Report?.After ?? ReportAfter).For(chance, subject, "report");
        void Tell(int said) =>
            line.Tell(new ReportCame(line.Sim.Sim, reference, part.To, said, accepted, CentreNow));
        for (var i = 0; i < rule.Duplicate; i++)
        {
            agenda.After(after, _ => Tell(status));
        }
        if (rule.OutOfOrder)
        {
            agenda.After(after, _ => Tell(StillTrying));
        }
    }

    private void Happen(Happening happening, TimeSpan at)
    {
        var concerned = happening.Sim is { } sim ? [lines[sim]] : lines.Values.ToArray();
        if (happening.Do.Inbound is { } plan)
        {
            Text(concerned[0].Sim.Sim, plan.From, plan.Text, plan.Parts);
        }
        ClockShift += happening.Do.Clock?.For(chance, "timeline", "clock") ?? TimeSpan.Zero;
        if (happening.Do.Word is { } word)
        {
            Suffer(concerned, State(word), happening.For?.For(chance, "timeline", "for"), at);
        }
    }

    private void Suffer(Line[] concerned, LineState state, TimeSpan? wait, TimeSpan from)
    {
        foreach (var line in concerned)
        {
            line.Become(state);
            agenda.After(wait ?? TimeSpan.FromSeconds(5), _ => line.Become(LineState.Ready), from);
        }
    }

    private static LineState State(string word) =>
        word switch
        {
            "airplane" => LineState.Airplane,
            "simRemoved" => LineState.Absent,
            "hangup" => LineState.Lost,
            _ => throw new FormatException($"'{word}' is not something that happens."),
        };

    private string Counted(CarrierSubmit part)
    {
        var subject = $"{part.To}/{Truth.Hash(part.Text)[..16]}/{part.Part}";
        return $"{subject}/{seen.AddOrUpdate(subject, 1, (_, n) => n + 1)}";
    }
}
