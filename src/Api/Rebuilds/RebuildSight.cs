using NodaTime;

namespace Gateway.Api.Rebuilds;

/// <summary>How far a rebuild has come.</summary>
/// <param name="Phase"><c>building</c>, <c>comparing</c> or <c>replacing</c>.</param>
/// <param name="Position">Up to which events have been taken in.</param>
/// <param name="Goal">Where those in use are.</param>
/// <param name="EventsPerSecond">Since it began.</param>
/// <param name="SecondsLeft">Of building, at that rate; null before anything is known.</param>
public sealed record RebuildProgress(
    string Phase,
    long Position,
    long Goal,
    long EventsPerSecond,
    long? SecondsLeft
);

/// <summary>Kept by a rebuild while it runs, and looked at by whoever wants to know.</summary>
public sealed class RebuildSight(IClock clock)
{
    private readonly Instant began = clock.GetCurrentInstant();
    private (long Position, long Goal, Instant At) last = (0, 0, clock.GetCurrentInstant());

    public string Phase { get; set; } = "building";

    /// <summary>How long it has taken so far.</summary>
    public Duration Elapsed => clock.GetCurrentInstant() - began;

    public RebuildProgress Now
    {
        get
        {
            var (position, goal, at) = last;
            var rate = position / Math.Max(0.001, (at - began).TotalSeconds);
            return new(
                Phase,
                position,
                goal,
                (long)rate,
                position == 0 ? null : (long)Math.Ceiling(Math.Max(0, goal - position) / rate)
            );
        }
    }

    /// <summary>Events up to a position have been taken in.</summary>
    public void At(long position, long goal) => last = (position, goal, clock.GetCurrentInstant());
}
