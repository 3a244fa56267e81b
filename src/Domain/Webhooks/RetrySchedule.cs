using System.Buffers.Binary;
using NodaTime;

namespace Gateway.Domain.Webhooks;

/// <summary>When a delivery is tried: one entry per attempt, each counted from the end of the attempt before.</summary>
/// <param name="Waits">The first is the wait before the first attempt, and 0.</param>
public sealed record RetrySchedule(IReadOnlyList<Duration> Waits)
{
    private const int JitterPermille = 100;

    /// <summary>A receiver cannot ask for a longer wait than this.</summary>
    public static readonly Duration LongestRetryAfter = Duration.FromHours(1);

    /// <summary>Ten attempts in a little over three days, as the Standard Webhooks specification proposes.</summary>
    public static RetrySchedule Standard { get; } =
        new([
            Duration.Zero,
            Duration.FromSeconds(5),
            Duration.FromMinutes(5),
            Duration.FromMinutes(30),
            Duration.FromHours(2),
            Duration.FromHours(5),
            Duration.FromHours(10),
            Duration.FromHours(14),
            Duration.FromHours(20),
            Duration.FromHours(24),
        ]);

    /// <summary>Four attempts in half a minute: whoever asked for a replay soon learns that the receiver fails.</summary>
    public static RetrySchedule Replay { get; } =
        new([Duration.Zero, Duration.FromSeconds(1), Duration.FromSeconds(5), Duration.FromSeconds(20)]);

    /// <summary>
    /// The wait after a failed attempt, or null when it was the last. Up to a tenth longer or shorter, so that what broke
    /// together isn't tried together; computed from the id, so that it is the same whenever it is asked.
    /// </summary>
    /// <param name="retryAfterMs">Milliseconds; lengthens the wait, never beyond <see cref="LongestRetryAfter"/>.</param>
    public Duration? After(Guid deliveryId, int attempt, long? retryAfterMs)
    {
        if (attempt >= Waits.Count)
        {
            return null;
        }

        var planned = Waits[attempt] * (1000 + Jitter(deliveryId, attempt)) / 1000;
        return retryAfterMs is { } asked
            ? Duration.Max(planned, Duration.Min(Duration.FromMilliseconds(asked), LongestRetryAfter))
            : planned;
    }

    /// <summary>-100 to 100.</summary>
    private static long Jitter(Guid deliveryId, int attempt)
    {
        Span<byte> octets = stackalloc byte[16];
        DerivedId.Of("jitter", deliveryId.ToString(), $"{attempt}").TryWriteBytes(octets);
        long number = BinaryPrimitives.ReadUInt32LittleEndian(octets[12..]);
        return number % (2 * JitterPermille + 1) - JitterPermille;
    }
}
