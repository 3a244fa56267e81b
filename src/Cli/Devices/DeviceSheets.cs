using System.Globalization;
using Gateway.Cli.Showing;
using Gateway.Client.Devices;

namespace Gateway.Cli.Devices;

/// <summary>How devices are shown.</summary>
public static class DeviceSheets
{
    public static Sheet<Device> Devices { get; } =
        new(
            "No devices; let one in with: gateway devices pair",
            device => device.Id.ToString(),
            [
                new("Id", device => device.Id.ToString()),
                new("Name", device => device.Name),
                new("Status", device => device.Status, Style: device => Words.Colour(device.Status)),
                new("Lines", LinesOf),
                new("Score", device => Scores(device.Live)),
                new(
                    "Load",
                    device => device.Live.Count == 0 ? null : Words.Of(device.Live.Sum(sim => sim.Load))
                ),
                new("Last seen", device => Words.Of(device.LastSeenAt)),
            ],
            [
                new("Id", device => device.Id.ToString()),
                new("Name", device => device.Name),
                new("Model", device => device.Model),
                new("Status", device => device.Status, Style: device => Words.Colour(device.Status)),
                new("Link", device => device.Connected ? "up" : "down"),
                new("Paired", device => Words.Of(device.PairedAt)),
                new("Last seen", device => Words.Of(device.LastSeenAt)),
                new("SIMs", device => string.Join("; ", device.Sims.Select(SimOf)), Wraps: true),
                new("Live", device => string.Join("; ", device.Live.Select(LiveOf)), Wraps: true),
            ]
        );

    public static Sheet<DeviceHealth> Health { get; } =
        new(
            "It said nothing of its health on that day.",
            health => Words.Of(health.Score),
            [
                new("At", health => Words.Of(health.At)),
                new("Score", health => Words.Of(health.Score)),
                new("Battery", health => health.Battery is { } percent ? $"{percent} %" : null),
                new("Power", health => health.Power),
                new("Temperature", TemperatureOf),
                new("Link", health => health.Link),
                new("SIMs", health => string.Join("; ", health.Sims.Select(SimOf)), Wraps: true),
                new("Problems", health => Words.Of(health.Problems), Wraps: true),
            ]
        );

    public static Sheet<PairingCode> Codes { get; } =
        new(
            "",
            code => code.Code,
            [new("Code", code => code.Code), new("Expires", code => Words.Of(code.ExpiresAt))]
        );

    private static string LinesOf(Device device) =>
        Words.Of(
            device.Live.Count > 0
                ? device.Live.Select(sim => sim.Line)
                : device.Sims.Select(sim => sim.Number ?? sim.Sim)
        );

    private static string Scores(IReadOnlyList<LiveSim> sims) =>
        string.Join('/', sims.Select(sim => Words.Of(sim.Score)));

    private static string SimOf(DeviceSim sim) =>
        string.Join(' ', new[] { sim.Sim, sim.Number, sim.Operator }.Where(word => word is not null));

    private static string LiveOf(LiveSim sim) =>
        $"{sim.Sim} {sim.Line} score {sim.Score}, {sim.Load} on hand, room for {sim.Places}"
        + (sim.Refusal is { } refusal ? $", carries nothing: {refusal}" : "");

    private static string SimOf(SimHealth sim)
    {
        var signal = sim.Dbm is { } dbm ? $" {dbm} dBm" : "";
        var why = sim.Deductions.Count > 0 ? $" ({string.Join(", ", sim.Deductions)})" : "";
        return $"{sim.Sim} {sim.Registration ?? sim.State}{signal} {sim.Score}{why}";
    }

    private static string? TemperatureOf(DeviceHealth health) =>
        health.TemperatureTenths is { } tenths
            ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10m:0.0} °C")
            : null;
}
