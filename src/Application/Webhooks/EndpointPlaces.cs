using System.Collections.Concurrent;

namespace Gateway.Application.Webhooks;

/// <summary>
/// Few calls at once to each endpoint, so that one that answers slowly can't take all there are. Where calls are short, a
/// call waits its turn; where they are long it waits a moment, and where nothing moves not at all.
/// </summary>
public sealed class EndpointPlaces(TimeProvider time)
{
    private const int PlacesEach = 4;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhereCallsAreShort = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, Places> endpoints = new();

    /// <summary>A place, to be given back; null when there is none.</summary>
    public async Task<IDisposable?> Take(Guid endpoint, CancellationToken cancellation)
    {
        var places = endpoints.GetOrAdd(endpoint, _ => new Places());
        var patience =
            time.GetElapsedTime(places.LastTaken) > Stuck ? TimeSpan.Zero
            : places.LastCall < Short ? WhereCallsAreShort
            : Elsewhere;
        if (!await places.Free.WaitAsync(patience, cancellation))
        {
            return null;
        }

        places.LastTaken = time.GetTimestamp();
        return new Place(places, time);
    }

    private sealed class Places
    {
        public SemaphoreSlim Free { get; } = new(PlacesEach);
        public long LastTaken { get; set; }

        /// <summary>How long the last call took; long until one is known.</summary>
        public TimeSpan LastCall { get; set; } = Stuck;
    }

    private sealed class Place(Places places, TimeProvider time) : IDisposable
    {
        private readonly long taken = time.GetTimestamp();

        public void Dispose()
        {
            places.LastCall = time.GetElapsedTime(taken);
            places.Free.Release();
        }
    }
}
