using System.Text.Json;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>What a simulated network and its SIMs shall do. Written as JSON; an unknown word is an error.</summary>
/// <param name="Timeline">Things that happen by themselves, at times from the start.</param>
/// <param name="Crash">Where the agent ends itself without clean-up.</param>
/// <param name="Investigate">What the radio finds after a restart: <c>sent</c>, <c>notSent</c> or <c>unknown</c>.</param>
public sealed record Scenario(
    long Seed = 1,
    IReadOnlyList<SimulatedSim>? Sims = null,
    Defaults? Defaults = null,
    IReadOnlyList<Rule>? Rules = null,
    IReadOnlyList<Happening>? Timeline = null,
    CrashPlan? Crash = null,
    string Investigate = "unknown"
)
{
    /// <exception cref="JsonException">It isn't JSON or has a word too many.</exception>
    public static Scenario Parse(string json) =>
        JsonSerializer.Deserialize(json, ScenarioForms.All.Scenario)!;
}

/// <summary>A SIM of the simulated network.</summary>
/// <param name="Number">Its own number, E.164.</param>
public sealed record SimulatedSim(
    string Sim,
    string Number,
    string Operator = "PTYNET",
    string Mccmnc = "23415"
);

/// <summary>How the network behaves where no rule says otherwise.</summary>
/// <param name="AcceptMs">From handing over a part to its acceptance.</param>
/// <param name="SilentMs">How long the radio waits for an answer that never comes.</param>
/// <param name="TempC">Degrees at rest, and what is added under load: ten parts since the last reading are full load.</param>
public sealed record Defaults(
    Spread? AcceptMs = null,
    ReportRule? Report = null,
    Spread? SilentMs = null,
    NetworkPlan? Network = null,
    BatteryPlan? Battery = null,
    string TempC = "30+8*load"
);

/// <summary>The signal: <c>walk(start,step,least,most)</c> in dBm.</summary>
public sealed record NetworkPlan(string Dbm = "walk(-85,3,-112,-60)");

/// <summary>A battery that drains, in percent.</summary>
/// <param name="ChargingAt">Spans of the day by UTC, such as <c>22:00-06:00</c>: it is plugged in and doesn't drain.</param>
public sealed record BatteryPlan(
    double Start = 90,
    double PerHour = -4,
    double PerPart = -0.02,
    IReadOnlyList<string>? ChargingAt = null
);

/// <summary>For texts to these digits (<c>*</c>, <c>?</c>) or with these words (<c>~</c> before them). First match wins.</summary>
/// <param name="P">The share of matching messages it holds for.</param>
public sealed record Rule(Deed Do, string? To = null, string? Text = null, double P = 1);

/// <summary>What becomes of a part.</summary>
/// <param name="Refuse">The network says no with this <c>+CMS</c> number.</param>
/// <param name="NeverLeft">The radio fails before, with this number.</param>
/// <param name="ErrorButSent">It is sent, and yet the radio answers with this number.</param>
/// <param name="SilentAfterAccept">It is sent, and no answer or report ever comes.</param>
public sealed record Deed(
    int? Refuse = null,
    int? NeverLeft = null,
    int? ErrorButSent = null,
    bool SilentAfterAccept = false,
    ReportRule? Report = null,
    ReplyRule? Reply = null,
    Spread? AcceptMs = null
);

/// <summary>When a delivery report comes and what it says; in JSON also <c>"none"</c>.</summary>
/// <param name="Status">TP-ST in two hexadecimal digits.</param>
/// <param name="Duplicate">How often it comes in all.</param>
/// <param name="OutOfOrder">A "still trying" comes after the final word.</param>
public sealed record ReportRule(
    Spread? After = null,
    string Status = "00",
    int Duplicate = 1,
    bool OutOfOrder = false,
    bool Never = false
);

/// <summary>The recipient answers.</summary>
/// <param name="Text">One of these; in JSON also a single string.</param>
public sealed record ReplyRule(Spread After, IReadOnlyList<string> Text);

/// <summary>Something that happens by itself.</summary>
/// <param name="At">From the start of the simulation.</param>
/// <param name="For">Until it ends, where it ends.</param>
/// <param name="Sim">Null for all SIMs; an inbound text goes to the first then.</param>
public sealed record Happening(Spread At, HappeningDeed Do, Spread? For = null, string? Sim = null);

/// <summary>One of the words, or a thing with content; in JSON a string or an object.</summary>
/// <param name="Word"><c>airplane</c>, <c>simRemoved</c> or <c>hangup</c>.</param>
/// <param name="Clock">The clocks of centre and device jump by so much, such as <c>-3d</c>.</param>
public sealed record HappeningDeed(string? Word = null, InboundPlan? Inbound = null, Spread? Clock = null);

/// <summary>A text that comes in.</summary>
public sealed record InboundPlan(string From, string Text, int Parts = 1);

/// <summary>The process ends itself at the <paramref name="Nth"/> time it comes by this point.</summary>
public sealed record CrashPlan(string Point, int Nth = 1);
