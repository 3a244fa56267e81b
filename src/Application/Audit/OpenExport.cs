using Gateway.Domain.Audit;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Gateway.Application.Audit;

/// <summary>An export that is to be written, or has a file; and whose it is. Looked for across tenants.</summary>
public sealed record OpenExport(Guid Id, string Tenant, Export Export);

/// <summary>Keeps <see cref="OpenExport"/> in the transaction of the export's own events; its end deletes it.</summary>
public sealed class OpenExportProjection : SingleStreamProjection<OpenExport, Guid>
{
    public OpenExportProjection()
    {
        Name = "OpenExport";
        IncludeType<ExportEvent>();
    }

    public override OpenExport? Evolve(OpenExport? open, Guid id, IEvent e) =>
        Export.Evolve(open?.Export, id, e.Data)
            is { Status: ExportStatus.Running or ExportStatus.Done } export
            ? new(id, e.TenantId, export)
            : null;
}
