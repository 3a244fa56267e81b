using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>
/// Decides what a device does with its leases: lease, claim, intent, submit. It waits for nothing: it takes in what
/// happened, adds to the journal, and leaves frames and orders that its owner carries out after the commit.
/// </summary>
public sealed partial class Dispatcher
{
    private const long ClaimNeedsMs = 5_000;
    private const long ClaimAnswerMs = 10_000;
    private const int MostClaims = 3;
    private const int MostRenewals = 10;

    private readonly Dictionary<string, Lane> lanes = [];
    private readonly Journal journal;
    private readonly AgentClock clock;
    private readonly DispatcherOptions options;
    private readonly CrashPoints crash;
    private bool isLinked;
    private bool isDraining;
    private bool placesChanged;
    private int settingsRev;

    public Dispatcher(
        Journal journal,
        AgentClock clock,
        IReadOnlyList<IRadio> radios,
        DispatcherOptions options,
        CrashPoints? crash = null
    )
    {
        (this.journal, this.clock, this.options, this.crash) = (journal, clock, options, crash ?? new(null));
        Facts = new(journal, clock);
        foreach (var (radio, sim) in radios.SelectMany(radio => radio.Sims.Select(sim => (radio, sim))))
        {
            lanes.Add(sim.Sim, new(sim.Sim, radio, options.Pacing()));
        }
    }

    public FactLog Facts { get; }

    /// <summary>To be sent after the commit, before the facts; emptied by the owner.</summary>
    public List<UpFrame> Frames { get; } = [];

    /// <summary>To be done after the commit; emptied by the owner.</summary>
    public List<Order> Orders { get; } = [];

    /// <summary>Between a welcome and the end of its connection.</summary>
    public bool IsLinked => isLinked;

    private JournalMemory Memory => journal.Memory;

    /// <summary>The first thing in every run: says it started, and looks into what an earlier run left open.</summary>
    public void Start(string? previousExit)
    {
        Facts.State(Say(FactKind.Started) with { Boot = options.Boot, PreviousExit = previousExit });
        foreach (var open in Memory.Open.ToList())
        {
            var intent = open.Intent!;
            if (lanes.TryGetValue(intent.Sim, out var lane))
            {
                lane.Investigations++;
                Orders.Add(new LookInto(lane.Radio, intent));
            }
            else
            {
                Conclude(intent, new(Conclusion.Unknown, "The SIM it went through is not here any more."));
            }
        }
    }

    public void Take(Happened happened)
    {
        switch (happened)
        {
            case GatewaySaid said:
                Hear(said.Frame);
                break;
            case PartEnded ended:
                Settle(ended);
                break;
            case RadioSaid said:
                Hear(said.Radio, said.Event);
                break;
            case PartReached reached:
                Reach(reached);
                break;
            case Investigated found:
                Conclude(found.Intent, found.Evidence);
                Free(found.Intent.Sim);
                break;
            case Ticked:
                Tick();
                break;
            case HelloWanted wanted:
                wanted.Answer.TrySetResult(Holdings());
                break;
            case LinkWentDown:
                isLinked = false;
                break;
            case StandingWanted wanted:
                wanted.Answer.TrySetResult(Standing());
                break;
        }
    }

    /// <summary>After a batch: one more look for work, if places came free.</summary>
    public void Finish()
    {
        if (placesChanged && isLinked && !isDraining)
        {
            Frames.Add(new Ask(FreePlaces()));
        }
        placesChanged = false;
    }

    private void Hear(DownFrame frame)
    {
        switch (frame)
        {
            case Welcome welcome:
                Greet(welcome);
                break;
            case Lease lease:
                crash.Pass("afterLease");
                Hold(lease);
                break;
            case ClaimYes yes:
                Begin(yes);
                break;
            case ClaimNo no when Find(no.M, no.F) is { } held && held.Part == 0:
                Drop(held);
                break;
            case Cancel cancel when Find(cancel.M, cancel.F) is { ClaimedAt: null } held:
                Drop(held);
                Frames.Add(new Declined(cancel.M, cancel.F, DeclineReason.Cancelled));
                break;
            case Query query:
                Answer(query);
                break;
            default:
                HearOrder(frame);
                break;
        }
    }

    private void HearOrder(DownFrame frame)
    {
        switch (frame)
        {
            case Ack ack:
                Facts.Acknowledge(ack.N);
                break;
            case Resend resend:
                Facts.Resend(resend.From);
                break;
            case Ping:
                Frames.Add(new Pong());
                break;
            case Settings settings:
                Adopt(settings);
                break;
            case Command command:
                Obey(command);
                break;
        }
    }

    private void Greet(Welcome welcome)
    {
        isLinked = true;
        Facts.Begin(welcome.Ack);
        SetPace(welcome.Pacing);
        foreach (var lane in lanes.Values)
        {
            // A claim or its answer may have been lost with the old connection; asking again is safe.
            if (lane.Current is { Part: 0 } held)
            {
                Claim(held);
            }
            Advance(lane);
        }
    }

    private void Adopt(Settings settings)
    {
        settingsRev = settings.Rev;
        SetPace(settings.Pacing);
        Facts.State(Say(FactKind.SettingsApplied) with { Rev = settings.Rev });
    }

    private void SetPace(PacingSettings? wish)
    {
        foreach (var lane in lanes.Values)
        {
            lane.Pacing.Set(wish ?? new());
        }
    }

    private void Obey(Command command)
    {
        var concerned = lanes.Values.Where(lane => command.Sim is null || lane.Sim == command.Sim).ToList();
        switch (command.Do)
        {
            case CommandWord.Drain:
                isDraining = true;
                break;
            case CommandWord.Pause:
                concerned.ForEach(lane => lane.IsPaused = true);
                break;
            case CommandWord.Resume:
                isDraining = false;
                concerned.ForEach(lane => lane.IsPaused = false);
                concerned.ForEach(Advance);
                placesChanged = true;
                break;
        }
    }

    private Held? Find(Guid message) =>
        lanes.Values.Select(lane => lane.Find(message)).FirstOrDefault(held => held is not null);

    private Held? Find(Guid message, int fence) =>
        Find(message) is { } held && held.Lease.F == fence ? held : null;

    private static Fact Say(string kind) => new(0, 0, 0, kind);
}

/// <summary>What a dispatcher is set to.</summary>
/// <param name="Boot">The random word for this run.</param>
/// <param name="Hash">A keyed hash, for intents: recipient and text stay out of the journal.</param>
/// <param name="Pacing">Makes the pacing of one SIM.</param>
/// <param name="Places">Leases a SIM may hold at a time.</param>
public sealed record DispatcherOptions(
    string Boot,
    Func<Lease, string> Hash,
    Func<Pacing> Pacing,
    int Places = 2
);
