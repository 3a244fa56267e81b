namespace Gateway.Domain.Devices;

/// <summary>What a device says of itself and one SIM, as far as the score cares; unknown is null.</summary>
public sealed record HealthReading(
    string State,
    string? Registration,
    bool RadioOn,
    int? Battery,
    bool Charging,
    int? Dbm,
    int? TemperatureTenths,
    int? StorePercent
);

/// <summary>Turns a reading into 0 to 100, with the reason for each deduction.</summary>
public static class HealthScore
{
    /// <summary>100 for a device without blemish; 0 gets no work.</summary>
    public static (int Score, IReadOnlyList<string> Deductions) Of(HealthReading r)
    {
        var deductions = new List<string>();
        var score = 100;
        void Deduct(bool applies, string reason, int cost)
        {
            if (applies)
            {
                deductions.Add($"{reason} -{cost}");
                score -= cost;
            }
        }

        Deduct(r.State != "ready", "sim_not_ready", 100);
        Deduct(r.Registration is "searching" or "denied", "not_registered", 100);
        Deduct(!r.RadioOn, "radio_off", 100);
        Deduct(r is { Battery: <= 5, Charging: false }, "battery_empty", 100);
        Deduct(r is { Battery: > 5 and <= 15, Charging: false }, "battery_low", 40);
        Deduct(r is { Battery: > 15 and <= 30, Charging: false }, "battery_falling", 10);
        Deduct(r.Dbm < -110, "signal_weak", 30);
        Deduct(r.Dbm is >= -110 and < -100, "signal_poor", 10);
        Deduct(r.TemperatureTenths is >= 450 and < 550, "hot", 30);
        Deduct(r.TemperatureTenths >= 550, "too_hot", 100);
        Deduct(r.StorePercent >= 100, "store_full", 50);
        return (Math.Max(0, score), deductions);
    }
}
