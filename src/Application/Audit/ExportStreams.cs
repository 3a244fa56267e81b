using Gateway.Domain;
using Gateway.Domain.Audit;
using Marten;

namespace Gateway.Application.Audit;

/// <summary>The exports' streams: what is decided about them, one decision after the other.</summary>
public sealed class ExportStreams(IDocumentStore store)
{
    /// <summary>Decides about one, with its stream locked, and records what was decided.</summary>
    public async Task<Decision> Decide(
        string tenant,
        Guid id,
        Origin origin,
        Func<Export?, Decision> decide,
        CancellationToken cancellation
    )
    {
        await using var session = store.LightweightSession(tenant);
        var stream = await session.Events.FetchForExclusiveWriting<Export>(id, cancellation);
        var decision = decide(stream.Aggregate);
        if (decision.IsChange)
        {
            var events = decision.Events.Select(session.Events.BuildEvent).ToList();
            origin.SignOn(events);
            stream.AppendMany(events);
            await session.SaveChangesAsync(cancellation);
        }

        return decision;
    }

    /// <summary>Those of all tenants that are to be written or have a file, oldest first.</summary>
    public async Task<IReadOnlyList<OpenExport>> Open(CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        return await session
            .Query<OpenExport>()
            .Where(open => open.AnyTenant())
            .OrderBy(open => open.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>How many of a tenant's wait or are being written.</summary>
    public async Task<int> Running(string tenant, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(tenant);
        return await session
            .Query<OpenExport>()
            .CountAsync(open => open.Export.Status == ExportStatus.Running, cancellation);
    }
}
