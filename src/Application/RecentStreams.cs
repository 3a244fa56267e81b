using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Application;

/// <summary>
/// What this process committed lately to streams that are likely to be decided upon again soon, so that a decision needs no
/// reading. Never trusted by itself: an append names the version that it builds on, so one that missed what another node
/// committed fails and is tried again on the store.
/// </summary>
/// <param name="isMoving">Whether a state is likely to be decided upon soon; others aren't kept.</param>
public sealed class RecentStreams<T>(Func<T, bool> isMoving) : IDisposable
    where T : class
{
    private const int Most = 20_000;

    /// <summary>Also the longest that what another node did can go unnoticed by one who only peeks.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly MemoryCache streams = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Hands it out once: until the decision is committed and kept again, others read the store.</summary>
    public RecentStream<T>? Take(string tenant, Guid id)
    {
        if (!streams.TryGetValue((tenant, id), out RecentStream<T>? stream))
        {
            return null;
        }

        streams.Remove((tenant, id));
        return stream;
    }

    /// <summary>Its state as it was committed last; null when it isn't known here. Leaves it for others to take.</summary>
    public T? Peek(string tenant, Guid id) =>
        streams.TryGetValue((tenant, id), out RecentStream<T>? stream) ? stream!.State : null;

    /// <summary>Keeps it as it stood in the store after a commit, unless a later commit was quicker to say so.</summary>
    public void Keep(string tenant, Guid id, RecentStream<T> stream)
    {
        if (streams.TryGetValue((tenant, id), out RecentStream<T>? known) && known!.Version >= stream.Version)
        {
            return;
        }

        if (stream.State is null || !isMoving(stream.State))
        {
            streams.Remove((tenant, id));
            return;
        }

        using var entry = streams.CreateEntry((tenant, id));
        (entry.Value, entry.Size) = (stream, 1);
        entry.AbsoluteExpirationRelativeToNow = Memory;
    }

    /// <inheritdoc />
    public void Dispose() => streams.Dispose();
}

/// <summary>A stream up to a version.</summary>
/// <param name="State">Null for one that doesn't exist.</param>
/// <param name="Correlation">What the stream began with.</param>
public sealed record RecentStream<T>(T? State, long Version, string? Correlation, Guid? LastEvent)
    where T : class;
