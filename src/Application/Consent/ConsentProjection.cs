using Gateway.Domain.Consent;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Application.Consent;

/// <summary>Keeps each remote party's consent in the transaction of its own facts: every order asks for it.</summary>
public sealed class ConsentProjection : SingleStreamProjection<ConsentState, Guid>
{
    public ConsentProjection()
    {
        Name = "ConsentState";
        IncludeType<ConsentEvent>();
    }

    public override ConsentState? Evolve(ConsentState? state, Guid id, IEvent e) =>
        ConsentState.Evolve(state, id, e.Data);
}
