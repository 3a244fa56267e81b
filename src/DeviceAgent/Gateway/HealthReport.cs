using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Gateway;

/// <summary>Puts a health frame together from the radios' readings and the outbox's standing.</summary>
internal sealed class HealthReport(
    IReadOnlyList<IRadio> radios,
    Outbox.Outbox outbox,
    AgentClock clock,
    string version
)
{
    public async Task<Health> Read(long? clockSkewMs, CancellationToken stop)
    {
        var wanted = new TaskCompletionSource<Standing>(TaskCreationOptions.RunContinuationsAsynchronously);
        outbox.Post(new StandingWanted(wanted));
        var standing = await wanted.Task.WaitAsync(stop);
        var readings = new List<HealthReading>(radios.Count);
        foreach (var radio in radios)
        {
            readings.Add(await radio.ReadHealth(stop));
        }
        return new(
            clock.Now,
            clock.Up,
            standing.SettingsRev,
            (readings.FirstOrDefault()?.Device ?? new()) with
            {
                ClockSkewMs = clockSkewMs,
                MemFreeMb = GC.GetGCMemoryInfo() is { } memory
                    ? (memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes) >> 20
                    : null,
                Agent = version,
                Os = Environment.OSVersion.Platform.ToString(),
            },
            [.. readings.SelectMany(reading => reading.Sims).Select(sim => With(sim, standing))],
            standing.Journal,
            []
        );
    }

    private static SimReading With(SimReading sim, Standing standing) =>
        standing.Lanes.TryGetValue(sim.Sim, out var lane)
            ? sim with
            {
                Queue = lane.Queue,
                InFlight = lane.InFlight,
                LastSentAt = lane.LastSentAt,
                LastInboundAt = lane.LastInboundAt,
                Window = lane.Window,
                Counters = lane.Counters,
            }
            : sim;
}
