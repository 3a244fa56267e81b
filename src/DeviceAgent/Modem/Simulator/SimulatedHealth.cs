using System.Globalization;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>Signal, battery and warmth of a simulated device, made up from scenario, seed and time.</summary>
internal sealed class SimulatedHealth(Carrier carrier, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly Chance chance = new(carrier.Scenario.Seed);
    private readonly Dictionary<string, double> dbm = [];
    private int tick;
    private double drained;
    private TimeSpan read;
    private int drainedFor;
    private int warmedFor;

    private Defaults Defaults => carrier.Scenario.Defaults ?? new();

    internal static string Radio(LineState state) =>
        state switch
        {
            LineState.Airplane => "off",
            LineState.Lost => "lost",
            _ => "ready",
        };

    internal HealthReading Read()
    {
        tick++;
        return new(new(Battery(Defaults.Battery ?? new()), Warmth()), [.. carrier.Lines.Select(Reading)]);
    }

    private BatteryReading Battery(BatteryPlan plan)
    {
        var isCharging = (plan.ChargingAt ?? []).Any(IsNow);
        var (at, parts) = (time.GetElapsedTime(start), carrier.Lines.Sum(line => line.Parts));
        drained += isCharging
            ? 0
            : plan.PerHour * (at - read).TotalHours + plan.PerPart * (parts - drainedFor);
        (read, drainedFor) = (at, parts);
        return new(
            Math.Round(Math.Clamp(plan.Start + drained, 0, 100), 1),
            isCharging ? "charging" : "discharging",
            Plugged: isCharging ? "ac" : "none"
        );
    }

    /// <summary>Whether a span such as <c>22:00-06:00</c>, which may go over midnight, has the present time.</summary>
    private bool IsNow(string span)
    {
        var ends = span.Split('-').Select(end => TimeOnly.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return TimeOnly.FromDateTime(time.GetUtcNow().UtcDateTime).IsBetween(ends[0], ends[1]);
    }

    private double Warmth()
    {
        var terms = Defaults.TempC.Replace("*load", "", StringComparison.Ordinal).Split('+');
        var parts = carrier.Lines.Sum(line => line.Parts);
        var load = Math.Min(1, (parts - warmedFor) / 10.0);
        warmedFor = parts;
        return double.Parse(terms[0], CultureInfo.InvariantCulture)
            + (terms.Length > 1 ? load * double.Parse(terms[1], CultureInfo.InvariantCulture) : 0);
    }

    private SimReading Reading(Line line, int index)
    {
        var ready = line.State == LineState.Ready;
        var signal = ready ? Walk(line.Sim.Sim) : (int?)null;
        return new(
            line.Sim.Sim,
            Slot: index + 1,
            State: line.State == LineState.Absent ? "absent" : "ready",
            Number: line.Sim.Number,
            Operator: ready ? line.Sim.Operator : null,
            Mccmnc: ready ? line.Sim.Mccmnc : null,
            Registration: ready ? "home" : "none",
            Tech: ready ? "lte" : null,
            Dbm: signal,
            Bars: signal is { } dbm ? Math.Clamp((dbm + 115) / 10, 0, 5) : null,
            Roaming: ready ? false : null,
            ServiceCentre: ready,
            Radio: ready ? "on" : "off"
        );
    }

    /// <summary>A random walk in dBm: <c>walk(start,step,least,most)</c>, one step per reading.</summary>
    private int Walk(string sim)
    {
        var terms = (Defaults.Network ?? new())
            .Dbm.Replace("walk(", "", StringComparison.Ordinal)
            .TrimEnd(')')
            .Split(',')
            .Select(term => double.Parse(term, CultureInfo.InvariantCulture))
            .ToArray();
        var step = (chance.Roll($"{sim}/{tick}", "dbm") * 2 - 1) * terms[1];
        dbm[sim] = Math.Clamp(dbm.GetValueOrDefault(sim, terms[0]) + step, terms[2], terms[3]);
        return (int)Math.Round(dbm[sim]);
    }
}
