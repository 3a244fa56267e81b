namespace Gateway.Domain.Devices;

/// <summary>A SIM as routing sees it: where it is, how it does, how much it has on hand.</summary>
/// <param name="Line">Our number behind it in E.164 form, or a stable name where the number isn't known.</param>
/// <param name="Score">0 to 100; at 0 it carries nothing.</param>
/// <param name="Load">Messages it has on hand: leased or claimed.</param>
/// <param name="Places">How many more it takes now.</param>
/// <param name="Refusal">Why it carries nothing at all now, such as <c>paused</c>; null when it does.</param>
public sealed record FleetSim(
    Guid DeviceId,
    string Sim,
    string Line,
    int Score,
    int Load,
    int Places,
    string? Refusal
);

/// <summary>What a message asks of a SIM.</summary>
/// <param name="Line">It must be this line; null for any.</param>
/// <param name="DeviceId">It must be this device; null for any.</param>
/// <param name="StickyLine">The line that the recipient knows from before; preferred, not demanded.</param>
/// <param name="To">The recipient in E.164 form.</param>
public sealed record RoutingRequest(string To, string? Line, Guid? DeviceId, string? StickyLine);

/// <summary>The SIM that shall carry a message, and how that came about.</summary>
public sealed record RoutingChoice(
    Guid DeviceId,
    string Sim,
    string Line,
    Guid ConversationId,
    RoutingDecision Decision
);

/// <summary>What came of looking for a SIM: a choice, a wait for a place, or nobody who could.</summary>
/// <param name="Choice">Null when there is none.</param>
/// <param name="HoldReason">Why nobody can carry it; null when somebody could and is only busy.</param>
public sealed record RoutingResult(RoutingChoice? Choice, string? HoldReason, RoutingDecision Decision);

/// <summary>Chooses device and SIM: a pure function of the request and the fleet as it stands.</summary>
public static class Routing
{
    /// <summary>How many candidates an event names at most; fleets are large and events are for ever.</summary>
    private const int MostNamed = 3;

    /// <summary>The line the recipient knows if it is up, else the least loaded SIM, the healthier one where equal.</summary>
    public static RoutingResult Choose(RoutingRequest request, IReadOnlyList<FleetSim> fleet)
    {
        var isAnyAble = false;
        var free = new List<FleetSim>(MostNamed + 1);
        var preference = new Preference(request.StickyLine);
        var refusals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var sim in fleet)
        {
            if (Refusal(request, sim) is { } reason)
            {
                refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
                continue;
            }

            isAnyAble = true;
            if (sim.Places > 0)
            {
                Insert(free, sim, preference);
            }
        }

        var decision = new RoutingDecision(
            Strategy(request, free),
            fleet.Count,
            [.. free.Select(sim => new RoutingCandidate(sim.DeviceId, sim.Sim, sim.Score, sim.Load))],
            [.. refusals.Select(refusal => new RoutingRefusal(refusal.Key, refusal.Value))]
        );
        return free is [var best, ..]
            ? new(Chosen(request, best, decision), null, decision)
            : new(null, isAnyAble ? null : HoldReason(request, refusals), decision);
    }

    /// <summary>Keeps the few best, the best first; sorting a whole fleet for each message would be dear.</summary>
    private static void Insert(List<FleetSim> best, FleetSim sim, Preference preference)
    {
        var place = best.FindIndex(other => preference.Compare(sim, other) < 0);
        if (place >= 0)
        {
            best.Insert(place, sim);
        }
        else if (best.Count < MostNamed)
        {
            best.Add(sim);
        }

        if (best.Count > MostNamed)
        {
            best.RemoveAt(MostNamed);
        }
    }

    private static RoutingChoice Chosen(RoutingRequest request, FleetSim sim, RoutingDecision decision) =>
        new(
            sim.DeviceId,
            sim.Sim,
            sim.Line,
            Conversations.Conversation.IdBetween(sim.Line, request.To),
            decision
        );

    private static string? Refusal(RoutingRequest request, FleetSim sim) =>
        request.DeviceId is { } device && device != sim.DeviceId ? "other_device"
        : request.Line is { } line && line != sim.Line ? "other_line"
        : sim.Refusal ?? (sim.Score <= 0 ? "unhealthy" : null);

    private static string Strategy(RoutingRequest request, List<FleetSim> free) =>
        request.DeviceId is not null ? "named_device"
        : request.Line is not null ? "named_line"
        : free is [var best, ..] && best.Line == request.StickyLine ? "sticky"
        : "least_loaded";

    private static string HoldReason(RoutingRequest request, SortedDictionary<string, int> refusals)
    {
        var others = refusals.GetValueOrDefault("other_line") + refusals.GetValueOrDefault("other_device");
        var all = refusals.Values.Sum();
        return all == 0 ? Messages.MessageReasons.NoDeviceOnline
            : others == all && (request.Line ?? request.DeviceId?.ToString()) is not null
                ? Messages.MessageReasons.NoSuchLine
            : Messages.MessageReasons.NoHealthySim;
    }

    private sealed class Preference(string? stickyLine) : IComparer<FleetSim>
    {
        public int Compare(FleetSim? x, FleetSim? y)
        {
            var sticky = (y!.Line == stickyLine).CompareTo(x!.Line == stickyLine);
            var load = x.Load.CompareTo(y.Load);
            var score = y.Score.CompareTo(x.Score);
            return sticky != 0 ? sticky
                : load != 0 ? load
                : score != 0 ? score
                : x.DeviceId != y.DeviceId ? x.DeviceId.CompareTo(y.DeviceId)
                : string.CompareOrdinal(x.Sim, y.Sim);
        }
    }
}
