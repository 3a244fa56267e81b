using JasperFx.Events;

namespace Gateway.Specs.Messages;

/// <summary>Facts as the store hands them to a projection: numbered one by one, all of one stream.</summary>
internal static class Folded
{
    private const long FirstPosition = 101;
    private const string Tenant = "default";

    public static IReadOnlyList<IEvent> Stored(Guid stream, params object[] facts) =>
        [.. facts.Select((fact, i) => Stored(stream, fact, FirstPosition + i, i + 1))];

    public static IEvent Stored(Guid stream, object fact, long position, long version = 1)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        (e.StreamId, e.Sequence, e.Version, e.TenantId) = (stream, position, version, Tenant);
        return e;
    }

    public static T? Fold<T>(Func<T?, Guid, IEvent, T?> evolve, Guid id, IEnumerable<IEvent> events)
        where T : class => events.Aggregate((T?)null, (view, e) => evolve(view, id, e));
}
