namespace Gateway.Client;

/// <summary>How patient a client is.</summary>
public sealed record GatewayClientOptions
{
    /// <summary>
    /// How often a request is tried that can safely be asked again: reads, and texts with an idempotency key. All others
    /// are tried once.
    /// </summary>
    public int Tries { get; init; } = 3;

    /// <summary>Before the second try, and before the feed connects again; it doubles from try to try.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>No pause is longer.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A feed that says nothing for so long, not even that it is alive, is taken for dead and opened again.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Why texts are read, for the record; at most 200 characters. In other letters than ASCII it needs an HTTP client over
    /// <see cref="GatewayClient.Handler"/>, as <see cref="GatewayClient.Connect"/> makes one.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>What pauses are measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long to wait after so many failures in a row, counted from 1.</summary>
    internal TimeSpan PauseAfter(int failures)
    {
        var pause = Pause * Math.Pow(2, Math.Min(failures - 1, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
