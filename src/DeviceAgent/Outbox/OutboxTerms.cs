using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>Something the dispatcher has to take in.</summary>
public abstract record Happened;

/// <summary>The gateway said something.</summary>
public sealed record GatewaySaid(DownFrame Frame) : Happened;

/// <summary>A radio said something.</summary>
public sealed record RadioSaid(IRadio Radio, RadioEvent Event) : Happened;

/// <summary>A submission ended.</summary>
public sealed record PartEnded(string Sim, Guid M, int F, int Part, PartResult Result) : Happened;

/// <summary>A submission passed a stage and waits until that is on disk.</summary>
public sealed record PartReached(StageReached Stage, TaskCompletionSource OnDisk) : Happened;

/// <summary>An open submission of an earlier run was looked into.</summary>
public sealed record Investigated(Intent Intent, Evidence Evidence) : Happened;

/// <summary>Time has passed; about once a second.</summary>
public sealed record Ticked : Happened;

/// <summary>A connection needs the device's hello.</summary>
public sealed record HelloWanted(TaskCompletionSource<Holdings> Answer) : Happened;

/// <summary>The connection is gone; nothing can be said until the next welcome.</summary>
public sealed record LinkWentDown : Happened;

/// <summary>Somebody wants to know how things stand, for the health frame.</summary>
public sealed record StandingWanted(TaskCompletionSource<Standing> Answer) : Happened;

/// <summary>What a device holds at this moment.</summary>
public sealed record Holdings(
    long LastN,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<RadioSim> Radios,
    IReadOnlyDictionary<string, int> Free
);

/// <summary>What the outbox adds to the radios' own readings.</summary>
public sealed record Standing(
    IReadOnlyDictionary<string, LaneStanding> Lanes,
    JournalReading Journal,
    int SettingsRev
);

/// <summary>One SIM's share of it.</summary>
public sealed record LaneStanding(
    int Queue,
    int InFlight,
    long? LastSentAt,
    long? LastInboundAt,
    WindowReading Window,
    SimCounters Counters
);

/// <summary>What is to be done once everything stated is on disk.</summary>
public abstract record Order;

/// <summary>Hand one part to the radio.</summary>
public sealed record SubmitNow(IRadio Radio, OutboundPart Part, int F) : Order;

/// <summary>The radio may forget an inbound text.</summary>
public sealed record ForgetInbound(IRadio Radio, InboundKey Key) : Order;

/// <summary>Tell whoever waits that it is on disk.</summary>
public sealed record Release(TaskCompletionSource OnDisk) : Order;

/// <summary>Look into a submission of an earlier run.</summary>
public sealed record LookInto(IRadio Radio, Intent Intent) : Order;
