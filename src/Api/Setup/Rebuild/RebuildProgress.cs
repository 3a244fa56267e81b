using System.Diagnostics;
using JasperFx.Events.Projections;

namespace Gateway.Api.Setup.Rebuild;

/// <summary>Says about once a second how far a rebuild has come.</summary>
/// <param name="total">Events in the store.</param>
public sealed class RebuildProgress(long total, TextWriter screen) : IObserver<ShardState>
{
    private readonly long began = Stopwatch.GetTimestamp();
    private TimeSpan lastSaid;

    /// <inheritdoc />
    public void OnNext(ShardState value)
    {
        var elapsed = Stopwatch.GetElapsedTime(began);
        if (
            value.Sequence > 0
            && value.ShardName != ShardState.HighWaterMark
            && elapsed - lastSaid > TimeSpan.FromSeconds(1)
        )
        {
            lastSaid = elapsed;
            Say(value.Sequence, elapsed);
        }
    }

    /// <summary>All events have been taken in.</summary>
    public void Done() => Say(total, Stopwatch.GetElapsedTime(began));

    /// <inheritdoc />
    public void OnCompleted() { }

    /// <inheritdoc />
    public void OnError(Exception error) { }

    private void Say(long done, TimeSpan elapsed) =>
        screen.WriteLine(
            $"  {done:N0} of {total:N0} events, {elapsed.TotalSeconds:F1} s, {done / Math.Max(elapsed.TotalSeconds, 0.001):N0}/s"
        );
}
