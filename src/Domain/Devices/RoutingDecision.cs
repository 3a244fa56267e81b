namespace Gateway.Domain.Devices;

/// <summary>Who was considered for a message, and why; kept in the event that followed from it.</summary>
/// <param name="Strategy">How it was chosen: <c>named_device</c>, <c>named_line</c>, <c>sticky</c> or <c>least_loaded</c>.</param>
/// <param name="Considered">How many SIMs were looked at.</param>
/// <param name="Candidates">The best of those that could carry it, the chosen one first; a few at most, however large the fleet.</param>
/// <param name="Refusals">Why the others could not, and how many for each reason.</param>
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
/// <param name="Reason">Stable code, such as <c>offline</c>, <c>paused</c>, <c>not_registered</c>, <c>other_line</c>.</param>
public sealed record RoutingRefusal(string Reason, int Count);
