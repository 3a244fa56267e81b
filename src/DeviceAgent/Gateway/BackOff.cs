namespace Gateway.DeviceAgent.Gateway;

/// <summary>How long to wait before the next try: anything up to a bound that doubles, so a fleet doesn't come back as one.</summary>
/// <param name="First">The bound of the first wait.</param>
/// <param name="Most">No bound is longer.</param>
/// <param name="Stable">A connection that held so long starts anew.</param>
public sealed record BackOff(TimeSpan First, TimeSpan Most, TimeSpan Stable)
{
    public static BackOff Usual { get; } =
        new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    /// <param name="tries">Failed tries so far, from 1.</param>
    /// <param name="chance">Evenly over 0 ≤ x &lt; 1.</param>
    public TimeSpan Wait(int tries, double chance) =>
        TimeSpan.FromTicks(
            (long)(Math.Min(Most.Ticks, First.Ticks * Math.Pow(2, Math.Min(tries, 20) - 1)) * chance)
        );
}
