using Gateway.Application.Devices;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Wolverine;

namespace Gateway.Application.Messages;

/// <summary>
/// Looks once a second for messages that no other event would move: after a restart, a lost lease, a schedule. What it
/// finds is decided elsewhere; finding too much or twice does no harm.
/// </summary>
public sealed partial class Sweep(
    IServiceScopeFactory scopes,
    IDocumentStore store,
    Fleet fleet,
    WaitingLine line,
    LeaseRenewals renewals,
    TimeProvider time,
    IClock clock,
    ILogger<Sweep> logger
) : BackgroundService
{
    private const int MostAtOnce = 500;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away; the next tick looks again.
                LogFailed(logger, broken);
            }
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        await using var session = store.QuerySession(SystemTenant.Name);
        var work = session.Query<OutboundWork>().Where(w => w.AnyTenant());
        var due = await work.Where(w => w.WakeAt <= now)
            .OrderBy(w => w.WakeAt)
            .Take(MostAtOnce)
            .ToListAsync(cancellation);
        await Wake(due.Where(w => !renewals.IsRenewed(w.Id, now)));

        foreach (var tenant in fleet.Tenants())
        {
            var ofTenant = session.Query<OutboundWork>().Where(w => w.TenantIsOneOf(tenant));
            var held = await ofTenant
                .Where(w => w.Stage == WorkStage.Held)
                .OrderBy(w => w.WakeAt)
                .Take(MostAtOnce)
                .ToListAsync(cancellation);
            var sims = fleet.Snapshot(tenant);
            await Wake(held.Where(w => WakeMessagesHandler.CouldGo(w.Message, sims)));
            if (line.Count(tenant) < MostAtOnce)
            {
                var waiting = await ofTenant
                    .Where(w => w.Stage == WorkStage.Waiting)
                    .OrderBy(w => w.WakeAt)
                    .Take(2 * MostAtOnce)
                    .ToListAsync(cancellation);
                await Send(tenant, new RouteMessages([.. waiting.Select(w => w.Message)]));
            }
        }
    }

    private async Task Wake(IEnumerable<OutboundWork> work)
    {
        foreach (var tenant in work.GroupBy(w => w.Tenant))
        {
            await Send(tenant.Key, new WakeMessages([.. tenant.Select(w => w.Message)]));
        }
    }

    private async Task Send(string tenant, object command)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeForTenantAsync(tenant, command);
    }

    [LoggerMessage(LogLevel.Warning, "The sweep could not look for due messages")]
    private static partial void LogFailed(ILogger logger, Exception broken);
}
