using Gateway.DeviceProtocol;
using Gateway.Domain.Devices;

namespace Gateway.Application.Devices;

/// <summary>A device with a live link, as routing sees it. In memory only; its owner is <see cref="Fleet"/>.</summary>
/// <param name="boot">Names the run of the agent behind the link.</param>
public sealed class LiveDevice(Guid id, string tenant, int epoch, string boot, IDeviceLink link)
{
    /// <summary>In place of a fence, which begins at 1: a place is planned to be taken, and nothing is committed yet.</summary>
    private const int Planned = 0;

    private readonly Dictionary<string, LiveSim> sims = [];
    private readonly Lock door = new();

    public Guid Id => id;
    public string Tenant => tenant;
    public int Epoch => epoch;
    public string Boot => boot;
    public IDeviceLink Link => link;

    /// <summary>Why it gets no work: <c>paused</c>, <c>quarantined</c>; null when it does.</summary>
    public string? Refusal { get; set; }

    /// <summary>What was last stored of its health; null before the first.</summary>
    public DeviceHealthReported? StoredHealth { get; set; }

    /// <summary>Makes a SIM known, or changes what is known of it.</summary>
    /// <param name="free">Places it has free, as the device counts; what we just lent it may not be in that yet.</param>
    public void SetSim(string sim, string? number, int free)
    {
        lock (door)
        {
            var known = sims.GetValueOrDefault(sim) ?? new LiveSim();
            known.Line = number ?? known.Line ?? $"device:{id}/{sim}";
            known.Places = Math.Max(known.Places, free);
            sims[sim] = known;
        }
    }

    /// <summary>Notes how healthy a SIM is, 0 to 100.</summary>
    public void SetScore(string sim, int score)
    {
        lock (door)
        {
            if (sims.TryGetValue(sim, out var known))
            {
                known.Score = score;
            }
        }
    }

    /// <summary>The number behind a SIM, or its stable name.</summary>
    public string LineOf(string sim)
    {
        lock (door)
        {
            return sims.TryGetValue(sim, out var known) ? known.Line! : $"device:{id}/{sim}";
        }
    }

    /// <summary>A message was lent to one of its SIMs: a place is taken.</summary>
    public void Take(string sim, Guid message, int fence)
    {
        lock (door)
        {
            if (sims.TryGetValue(sim, out var known))
            {
                known.Held[message] = fence;
            }
        }
    }

    /// <summary>A place is planned to be taken by a message; one that it has already stays its own.</summary>
    public void Plan(string sim, Guid message)
    {
        lock (door)
        {
            if (sims.TryGetValue(sim, out var known))
            {
                known.Held.TryAdd(message, Planned);
            }
        }
    }

    /// <summary>The plan came to nothing.</summary>
    public void Unplan(Guid message) => Release(message, Planned);

    /// <summary>A message is off its hands; true when that freed a place.</summary>
    public bool Release(Guid message)
    {
        lock (door)
        {
            return sims.Values.Any(sim => sim.Held.Remove(message));
        }
    }

    /// <summary>The same, unless it was lent anew meanwhile.</summary>
    public bool Release(Guid message, int fence)
    {
        lock (door)
        {
            return sims.Values.Any(sim =>
                sim.Held.GetValueOrDefault(message) == fence && sim.Held.Remove(message)
            );
        }
    }

    /// <summary>What it was lent and has on hand: message and fence.</summary>
    public IReadOnlyList<(Guid Message, int Fence)> OnHand()
    {
        lock (door)
        {
            return
            [
                .. sims
                    .Values.SelectMany(sim => sim.Held)
                    .Where(held => held.Value != Planned)
                    .Select(held => (held.Key, held.Value)),
            ];
        }
    }

    /// <summary>Its SIMs as routing sees them now.</summary>
    public IEnumerable<FleetSim> Snapshot()
    {
        lock (door)
        {
            return
            [
                .. sims.Select(entry => new FleetSim(
                    id,
                    entry.Key,
                    entry.Value.Line!,
                    entry.Value.Score,
                    entry.Value.Held.Count,
                    entry.Value.Places - entry.Value.Held.Count,
                    Refusal
                )),
            ];
        }
    }

    private sealed class LiveSim
    {
        public string? Line { get; set; }
        public int Score { get; set; } = 100;
        public int Places { get; set; }
        public Dictionary<Guid, int> Held { get; } = [];
    }
}
