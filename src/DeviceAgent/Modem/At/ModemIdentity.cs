using Gateway.DeviceAgent.Modem.At.Inbox;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>Which modem and SIM answer; null is what they would not tell.</summary>
/// <param name="Imei">Of the modem; clones of a batch may share it.</param>
/// <param name="Number">The SIM's own number, E.164, if the SIM knows it.</param>
/// <param name="Mccmnc">The registered network's country and network code.</param>
public sealed record ModemIdentity(
    string? Maker = null,
    string? Model = null,
    string? Revision = null,
    string? Imei = null,
    string? Imsi = null,
    string? Iccid = null,
    string? Number = null,
    string? Operator = null,
    string? Mccmnc = null
);

/// <summary>A modem that is ready for texts, and how it will tell of what comes in.</summary>
/// <param name="Stores">Where it keeps what comes in.</param>
/// <param name="Pushes">It tells; else it has to be asked.</param>
/// <param name="HasServiceCentre">The SIM knows its service centre.</param>
public sealed record ModemSetup(
    ModemIdentity Identity,
    MessageStores Stores,
    bool Pushes,
    bool HasServiceCentre
);

/// <summary>The port answers, but not as a modem that can send texts.</summary>
public sealed class ModemUnfitException(string message) : IOException(message);
