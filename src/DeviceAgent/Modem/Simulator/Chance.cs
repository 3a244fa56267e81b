namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>Every random choice of the simulator: a hash of seed, subject and purpose, so the order of calls is no part of it.</summary>
public readonly record struct Chance(long Seed)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Evenly spread over 0 ≤ x &lt; 1.</summary>
    public double Roll(string subject, string purpose) =>
        (Hash(subject, purpose) >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of <paramref name="count"/> choices, counted from 0.</summary>
    public int Pick(string subject, string purpose, int count) =>
        (int)(Hash(subject, purpose) % (ulong)count);

    private ulong Hash(string subject, string purpose) =>
        Mixed(Folded(Folded(Mixed(unchecked((ulong)Seed) + FnvOffset), subject), purpose));

    private static ulong Folded(ulong hash, string text)
    {
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * FnvPrime);
        }
        return unchecked((hash ^ 0xffff) * FnvPrime);
    }

    // The finaliser of SplitMix64: FNV alone leaves neighbours alike.
    private static ulong Mixed(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
            x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
            return x ^ (x >> 31);
        }
    }
}
