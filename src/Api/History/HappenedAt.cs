using System.Collections.Concurrent;
using System.Reflection;
using NodaTime;

namespace Gateway.Api.History;

/// <summary>Reads the <c>At</c> that every event carries.</summary>
public static class HappenedAt
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Properties = new();

    /// <summary>Null for an event that has none.</summary>
    public static Instant? Of(object data) =>
        Properties.GetOrAdd(data.GetType(), type => type.GetProperty("At", typeof(Instant)))?.GetValue(data)
        as Instant?;
}
