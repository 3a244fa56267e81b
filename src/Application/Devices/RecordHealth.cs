using Gateway.DeviceProtocol;
using Gateway.Domain;
using Gateway.Domain.Devices;
using Marten;
using NodaTime;

namespace Gateway.Application.Devices;

/// <summary>Keep what a device said of its health, in its stream of the day.</summary>
public sealed record RecordHealth(DeviceHealthReported Health);

public static class RecordHealthHandler
{
    public static void Handle(RecordHealth command, IDocumentSession session)
    {
        var day = HealthDay.IdOf(command.Health.DeviceId, command.Health.At);
        Origin.Device(command.Health.DeviceId).SignOn(session.Events.Append(day, command.Health).Events);
    }
}

/// <summary>The stream that holds a device's health of one day, in UTC.</summary>
public static class HealthDay
{
    public static Guid IdOf(Guid device, Instant at) =>
        DerivedId.Of("health", device.ToString(), at.InUtc().Date.ToString("uuuu-MM-dd", null));
}

/// <summary>Turns a device's reading into what is stored, and tells whether it is worth storing.</summary>
public static class HealthReadings
{
    /// <summary>Without any change it is stored this often.</summary>
    private static readonly Duration AtLeastEvery = Duration.FromMinutes(5);

    /// <summary>The reading with its scores; unknown stays null.</summary>
    public static DeviceHealthReported Read(Guid device, Health health)
    {
        var (battery, charging) = (
            (int?)health.Device?.Battery?.Percent,
            health.Device?.Battery is { Plugged: not (null or "none") } or { State: "charging" or "full" }
        );
        var temperature = (int?)(10 * (health.Device?.Battery?.TempC ?? health.Device?.TempC));
        var sims = health.Sims.Select(sim => Read(sim, battery, charging, temperature)).ToList();
        return new(
            device,
            battery,
            health.Device?.Battery?.Plugged,
            temperature,
            health.Device?.Link,
            sims,
            health.Problems ?? [],
            sims.Count == 0 ? 0 : sims.Max(sim => sim.Score),
            Instant.FromUnixTimeMilliseconds(health.At)
        );
    }

    /// <summary>A change that somebody would act on, or enough time since the last one.</summary>
    public static bool IsMaterial(DeviceHealthReported? last, DeviceHealthReported now) =>
        last is null
        || now.At - last.At >= AtLeastEvery
        || now.Power != last.Power
        || Band(now.Battery) != Band(last.Battery)
        || now.Score / 10 != last.Score / 10
        || !now.Problems.SequenceEqual(last.Problems)
        || !now
            .Sims.Select(sim => (sim.Sim, sim.State, sim.Registration))
            .SequenceEqual(last.Sims.Select(sim => (sim.Sim, sim.State, sim.Registration)));

    private static int Band(int? battery) =>
        battery switch
        {
            null => -1,
            <= 5 => 0,
            <= 15 => 1,
            <= 30 => 2,
            _ => 3,
        };

    private static SimHealth Read(SimReading sim, int? battery, bool charging, int? temperature)
    {
        var (score, deductions) = HealthScore.Of(
            new(
                sim.State ?? "ready",
                sim.Registration,
                sim.Radio != "off",
                battery,
                charging,
                sim.Dbm,
                temperature,
                sim.Store is { Of: > 0 } store ? 100 * store.Used / store.Of : null
            )
        );
        return new(
            sim.Sim,
            sim.State ?? "ready",
            sim.Registration,
            sim.Operator,
            sim.Dbm,
            sim.Store?.Used,
            sim.Store?.Of,
            score,
            deductions
        );
    }
}
