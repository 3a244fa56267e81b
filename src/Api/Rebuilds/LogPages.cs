using JasperFx.Events;
using Marten;

namespace Gateway.Api.Rebuilds;

/// <summary>The log of all tenants in pages, for building views from it.</summary>
public static class LogPages
{
    /// <summary>So few that what is asked of the gateway meanwhile hardly waits.</summary>
    private const int EventsAtOnce = 2_000;

    /// <summary>The next events; none at the end.</summary>
    /// <param name="skipped">Left out, as nobody may be able to read them.</param>
    public static async Task<IReadOnlyList<IEvent>> Read(
        IQuerySession session,
        long after,
        long upTo,
        IReadOnlySet<(string Reader, long Position)> skipped,
        CancellationToken stop
    )
    {
        var unreadable = skipped.Select(e => e.Position).ToArray();
        return await session
            .Events.QueryAllRawEvents()
            .Where(e =>
                e.AnyTenant() && e.Sequence > after && e.Sequence <= upTo && !e.Sequence.IsOneOf(unreadable)
            )
            .OrderBy(e => e.Sequence)
            .Take(EventsAtOnce)
            .ToListAsync(stop);
    }
}
