namespace Gateway.Client.Messages;

/// <summary>What would happen to a text if it were sent now.</summary>
/// <param name="Encoding"><c>gsm7</c> or <c>ucs2</c>.</param>
/// <param name="Units">Septets or UTF-16 code units.</param>
/// <param name="Parts">The text of each segment.</param>
/// <param name="Carrier">Who would carry it now; null when nobody could.</param>
/// <param name="HoldReason">Why it would be held; null when it wouldn't.</param>
public sealed record DryRun(
    string To,
    string Encoding,
    int Units,
    int Segments,
    IReadOnlyList<string> Parts,
    DryRunCarrier? Carrier,
    string? HoldReason,
    RoutingDecision Routing
);

/// <summary>The SIM that would carry a text.</summary>
public sealed record DryRunCarrier(Guid DeviceId, string Sim, string Line);

/// <summary>Who was considered for a message, and why.</summary>
/// <param name="Strategy"><c>named_device</c>, <c>named_line</c>, <c>sticky</c> or <c>least_loaded</c>.</param>
/// <param name="Considered">How many SIMs were looked at.</param>
/// <param name="Candidates">The best of those that could carry it, the chosen one first.</param>
/// <param name="Refusals">Why the others could not.</param>
public sealed record RoutingDecision(
    string Strategy,
    int Considered,
    IReadOnlyList<RoutingCandidate> Candidates,
    IReadOnlyList<RoutingRefusal> Refusals
);

/// <summary>One SIM that could have carried the message.</summary>
/// <param name="Score">0 to 100, the health of device and SIM.</param>
/// <param name="Load">Messages it had on hand.</param>
public sealed record RoutingCandidate(Guid DeviceId, string Sim, int Score, int Load);

/// <summary>Why SIMs could not carry the message.</summary>
public sealed record RoutingRefusal(string Reason, int Count);
