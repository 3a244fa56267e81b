using JasperFx.Events;
using Wolverine;
using Wolverine.Runtime;

namespace Gateway.Application;

/// <summary>Who made something happen, and in which context; stands on every event.</summary>
/// <param name="Actor">Opaque: <c>key:…</c>, <c>device:…</c>, <c>user:…</c> or <c>system:…</c>.</param>
/// <param name="Correlation">Ties together all that followed from one request; null takes the framework's.</param>
/// <param name="Causation">What led to it directly; null takes the framework's.</param>
public sealed record Origin(string Actor, string? Correlation = null, string? Causation = null)
{
    /// <summary>Something that time or routing brought about.</summary>
    public static Origin System(string part) => new($"system:{part}");

    /// <summary>Something a device said.</summary>
    public static Origin Device(Guid id) => new($"device:{id}");

    /// <summary>The same, with a context where it has none of its own.</summary>
    public Origin WithDefaults(string? correlation, string? causation) =>
        this with
        {
            Correlation = Correlation ?? correlation,
            Causation = Causation ?? causation,
        };

    /// <summary>Commands that go over this bus are its own: their events name it, where nothing else does.</summary>
    public IMessageBus SignOn(IMessageBus bus)
    {
        if (bus is MessageContext context)
        {
            context.UserName = Actor;
        }

        return bus;
    }

    /// <summary>Puts itself on the events, where nothing else stands yet.</summary>
    public void SignOn(IEnumerable<IEvent> events)
    {
        foreach (var e in events)
        {
            e.UserName ??= Actor;
            e.CorrelationId ??= Correlation;
            e.CausationId ??= Causation;
        }
    }
}
