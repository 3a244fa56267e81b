using System.Collections.Concurrent;

namespace Gateway.Application.Webhooks;

/// <summary>
/// Few calls at once to each endpoint, so that one that answers slowly can't take all there are. A call waits a moment
/// for a place where calls are short, and not at all where they are long.
/// </summary>
public sealed class EndpointPlaces(TimeProvider time)
{
    private const int PlacesEach = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Places> endpoints = new();

    /// <summary>A place, to be given back; null when there is none.</summary>
    public async Task<IDisposable?> Take(Guid endpoint, CancellationToken cancellation)
    {
        var places = endpoints.GetOrAdd(endpoint, _ => new Places());
        var patience = time.GetElapsedTime(places.LastTaken) > Long ? TimeSpan.Zero : Patience;
        if (!await places.Free.WaitAsync(patience, cancellation))
        {
            return null;
        }

        places.LastTaken = time.GetTimestamp();
        return places;
    }

    private sealed class Places : IDisposable
    {
        public SemaphoreSlim Free { get; } = new(PlacesEach);
        public long LastTaken { get; set; }

        public void Dispose() => Free.Release();
    }
}
