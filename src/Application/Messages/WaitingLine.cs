using Gateway.Domain.Messages;

namespace Gateway.Application.Messages;

/// <summary>What routing needs to know of a message that waits for a device.</summary>
/// <param name="To">E.164.</param>
/// <param name="Line">It must go out by this line; null for any.</param>
/// <param name="DeviceId">It must go out by this device; null for any.</param>
/// <param name="Since">When it was accepted, in Unix milliseconds; the older goes first.</param>
public sealed record WaitingMessage(
    Guid Id,
    string To,
    string? Line,
    Guid? DeviceId,
    int Priority,
    long Since
)
{
    /// <summary>Takes it from the order.</summary>
    public static WaitingMessage Of(Guid id, MessageQueued e) =>
        new(id, e.To.Value, e.From?.Value, e.DeviceId, e.Priority, e.At.ToUnixTimeMilliseconds());
}

/// <summary>
/// The messages of all tenants that wait for a place on a device, in memory. Nothing depends on it: what is missing here
/// is found again by the sweep. Bounded; a longer line stays in the store until there is room.
/// </summary>
public sealed class WaitingLine
{
    /// <summary>Messages of one tenant that are kept in memory.</summary>
    public const int Capacity = 20_000;

    private readonly Dictionary<string, Tenant> tenants = [];
    private readonly Lock door = new();

    /// <summary>Adds what isn't in the line yet, as far as there is room.</summary>
    public void Add(string tenant, IEnumerable<WaitingMessage> messages)
    {
        lock (door)
        {
            if (!tenants.TryGetValue(tenant, out var line))
            {
                tenants[tenant] = line = new();
            }

            foreach (var message in messages)
            {
                line.Add(message);
            }
        }
    }

    /// <summary>Tenants of whom something waits here.</summary>
    public IReadOnlyList<string> Tenants()
    {
        lock (door)
        {
            return [.. tenants.Where(tenant => tenant.Value.Known.Count > 0).Select(tenant => tenant.Key)];
        }
    }

    /// <summary>How many of a tenant's messages wait here.</summary>
    public int Count(string tenant)
    {
        lock (door)
        {
            return tenants.TryGetValue(tenant, out var line) ? line.Known.Count : 0;
        }
    }

    /// <summary>Whether it waits here.</summary>
    public bool Has(string tenant, Guid message)
    {
        lock (door)
        {
            return tenants.TryGetValue(tenant, out var line) && line.Known.Contains(message);
        }
    }

    /// <summary>
    /// Offers the messages in order, the higher priority first, to <paramref name="take"/>. What it takes leaves the
    /// line. Messages bound to one line or device queue apart, so that a busy one doesn't stop the others.
    /// </summary>
    /// <param name="take">True: taken. False: no place; others with the same demands are not offered any more.</param>
    public void Offer(string tenant, Func<WaitingMessage, bool> take)
    {
        lock (door)
        {
            if (!tenants.TryGetValue(tenant, out var line))
            {
                return;
            }

            // The lane with the best head goes first, so that a crowd in one doesn't use up the places of all.
            var open = new PriorityQueue<Lane, (int, long, long)>();
            foreach (var lane in line.Lanes.Values)
            {
                lane.TryPeek(out _, out var order);
                open.Enqueue(lane, order);
            }

            while (open.TryDequeue(out var lane, out _))
            {
                var message = lane.Peek();
                if (!take(message))
                {
                    continue;
                }

                lane.Dequeue();
                line.Known.Remove(message.Id);
                if (lane.TryPeek(out _, out var nextOrder))
                {
                    open.Enqueue(lane, nextOrder);
                }
                else
                {
                    line.Lanes.Remove(DemandsOf(message));
                }
            }
        }
    }

    private static (string?, Guid?) DemandsOf(WaitingMessage message) => (message.Line, message.DeviceId);

    /// <summary>Ordered by priority, then age, then arrival.</summary>
    private sealed class Lane : PriorityQueue<WaitingMessage, (int, long, long)>;

    private sealed class Tenant
    {
        public HashSet<Guid> Known { get; } = [];

        public Dictionary<(string?, Guid?), Lane> Lanes { get; } = [];

        private long arrivals;

        public void Add(WaitingMessage message)
        {
            if (Known.Count >= Capacity || !Known.Add(message.Id))
            {
                return;
            }

            var demands = DemandsOf(message);
            if (!Lanes.TryGetValue(demands, out var lane))
            {
                Lanes[demands] = lane = new();
            }

            lane.Enqueue(message, (-message.Priority, message.Since, arrivals++));
        }
    }
}
