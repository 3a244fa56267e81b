namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>One part handed to the simulated network, decoded.</summary>
/// <param name="To">The recipient's digits as sent, with <c>+</c> when international.</param>
/// <param name="Text">This part's own text.</param>
/// <param name="Part">Counted from 1.</param>
/// <param name="Reference">The concatenation reference of the header; null for a single part.</param>
/// <param name="Report">A delivery report was asked for.</param>
/// <param name="Subject">
/// What the random choices hang on, the same for all runs: message id and part. Null when the sender has none,
/// as a modem hasn't; then recipient, text and how often they came stand in.
/// </param>
public sealed record CarrierSubmit(
    string To,
    string Text,
    int Part = 1,
    int Of = 1,
    int? Reference = null,
    bool Report = true,
    string? Subject = null
);

/// <summary>What the sender gets to see of a part's fate.</summary>
/// <param name="Reference">The message reference of an accepted part, 0 to 255.</param>
/// <param name="Code">The <c>+CMS ERROR</c> number otherwise.</param>
public sealed record CarrierVerdict(CarrierAnswer Answer, int Reference = 0, int Code = 0);

/// <summary>The kinds of answer to a submission.</summary>
public enum CarrierAnswer
{
    /// <summary>Accepted with a reference.</summary>
    Accepted,

    /// <summary>An error number; whether the part left is known only to the ground truth.</summary>
    Error,

    /// <summary>No answer: the modem stays silent for ever, a radio gives up waiting.</summary>
    Silence,
}

/// <summary>Something the network does to one SIM.</summary>
public abstract record CarrierEvent(string Sim);

/// <summary>A delivery report for an accepted part.</summary>
/// <param name="Status">TP-ST, 0 to 255.</param>
/// <param name="AcceptedAt">By the centre's clock.</param>
public sealed record ReportCame(
    string Sim,
    int Reference,
    string To,
    int Status,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DoneAt
) : CarrierEvent(Sim);

/// <summary>A text for the SIM, whole; the modem's face cuts it into as many parts as it says.</summary>
/// <param name="Name">Unique and the same in every run.</param>
/// <param name="LastFirst">Its parts come in reverse.</param>
public sealed record TextCame(
    string Sim,
    string Name,
    string From,
    string Text,
    int Parts,
    DateTimeOffset At,
    bool LastFirst = false
) : CarrierEvent(Sim);

/// <summary>The SIM or its radio came or went.</summary>
public sealed record LineChanged(string Sim, LineState State) : CarrierEvent(Sim);

/// <summary>How a SIM stands with the network.</summary>
public enum LineState
{
    Ready,

    /// <summary>The radio is off.</summary>
    Airplane,

    /// <summary>There is no SIM.</summary>
    Absent,

    /// <summary>The cable came off: the port closes.</summary>
    Lost,
}
