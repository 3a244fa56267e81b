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
        var battery = Defaults.Battery ?? new();
        var drained =
            battery.PerHour * time.GetElapsedTime(start).TotalHours
            + battery.PerPart * carrier.Lines.Sum(line => line.Parts);
        return new(
            new(
                new(
                    Math.Round(Math.Clamp(battery.Start + drained, 0, 100), 1),
                    "discharging",
                    Plugged: "none"
                ),
                Defaults.TempC ?? 30
            ),
            [.. carrier.Lines.Select(Reading)]
        );
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
