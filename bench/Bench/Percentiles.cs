namespace Gateway.Bench;

/// <summary>How a set of waits is spread, in milliseconds.</summary>
internal sealed record Percentiles(int Count, double P50, double P90, double P95, double P99, double Max)
{
    public static Percentiles Of(IEnumerable<double> waits)
    {
        var sorted = waits.Order().ToArray();
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        return sorted.Length == 0
            ? new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)
            : new(sorted.Length, At(0.5), At(0.9), At(0.95), At(0.99), sorted[^1]);
    }

    public string Text => Count == 0 ? "none seen" : $"{P50:0.0} / {P90:0.0} / {P99:0.0} / {Max:0.0} ms";
}
