namespace Gateway.DeviceAgent.Modem;

/// <summary>Something a radio says without being asked.</summary>
public abstract record RadioEvent;

/// <summary>The network's word on one part it had accepted. It may come twice, late, or before the acceptance.</summary>
/// <param name="Reference">0 to 255; wraps.</param>
/// <param name="To">The recipient as the report has it, perhaps in national form.</param>
/// <param name="Status">TP-ST, 0 to 255 (3GPP TS 23.040, 9.2.3.15).</param>
/// <param name="CentreAt">When the centre got it, Unix milliseconds by the centre's clock; null when unreadable.</param>
/// <param name="DoneAt">When it reached its end, by the same clock.</param>
/// <param name="Raw">The PDU in hexadecimal, where there is one.</param>
public sealed record DeliveryReportArrived(
    string Sim,
    int Reference,
    string To,
    int Status,
    long? CentreAt,
    long? DoneAt,
    string? Raw
) : RadioEvent;

/// <summary>A whole text came in, or after a day what there is of it.</summary>
/// <param name="FromType"><c>international</c>, <c>national</c> or <c>alphanumeric</c>.</param>
/// <param name="Parts">How many segments it had.</param>
/// <param name="Partial">Some segments never came.</param>
public sealed record InboundArrived(
    InboundKey Key,
    string Sim,
    string From,
    string FromType,
    string? Text,
    long? CentreAt,
    int Parts = 1,
    bool Partial = false,
    int? Class = null,
    string? DataHex = null,
    int? Port = null,
    string? Raw = null
) : RadioEvent;

/// <summary>Something came in that can't be read; it is passed on as it is.</summary>
public sealed record UndecodableArrived(InboundKey Key, string Sim, string Raw) : RadioEvent;

/// <summary>The radio came or went; its SIMs and capabilities may be others now.</summary>
/// <param name="State"><c>ready</c>, <c>off</c>, <c>lost</c>.</param>
public sealed record RadioChanged(string Sim, string State) : RadioEvent;

/// <summary>A SIM came, went or was locked.</summary>
/// <param name="State"><c>ready</c>, <c>absent</c>, <c>locked</c>, <c>blocked</c>.</param>
public sealed record SimChanged(
    string Sim,
    string State,
    string? Iccid = null,
    string? ImsiHash = null,
    string? Number = null
) : RadioEvent;

/// <summary>The radio is gone for this process; nothing more will come.</summary>
public sealed record RadioClosed(string Why) : RadioEvent;
