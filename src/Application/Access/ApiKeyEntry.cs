using Gateway.Domain.Access;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Application.Access;

/// <summary>Finds a key by its hash, and whose it is: asked before the tenant is known.</summary>
public sealed record ApiKeyEntry(Guid Id, string Hash, string Tenant, ApiKey Key);

/// <summary>Keeps <see cref="ApiKeyEntry"/> in the transaction of the key's own events, so that a revocation holds at once.</summary>
public sealed class ApiKeyEntryProjection : SingleStreamProjection<ApiKeyEntry, Guid>
{
    public ApiKeyEntryProjection()
    {
        Name = "ApiKeyEntry";
        IncludeType<ApiKeyEvent>();
    }

    public override ApiKeyEntry? Evolve(ApiKeyEntry? entry, Guid id, IEvent e) =>
        ApiKey.Evolve(entry?.Key, id, e.Data) is { } key ? new(id, key.Hash, e.TenantId, key) : null;
}
