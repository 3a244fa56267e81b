namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>Waiting for something that nobody announces.</summary>
internal static class Patience
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks at once and then at every beat; false when the answer is still no at the limit.</summary>
    public static Task<bool> Until(Func<bool> isSo, TimeSpan limit, CancellationToken ct) =>
        Until(() => Task.FromResult(isSo()), limit, ct);

    /// <inheritdoc cref="Until(Func{bool}, TimeSpan, CancellationToken)"/>
    public static async Task<bool> Until(Func<Task<bool>> isSo, TimeSpan limit, CancellationToken ct)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var beat = new PeriodicTimer(Beat, TimeProvider.System);
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(since) > limit)
            {
                return false;
            }

            await beat.WaitForNextTickAsync(ct);
        }

        return true;
    }
}
