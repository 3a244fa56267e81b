using Gateway.Application.Devices;
using Gateway.Domain.Messages;
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
    RecentStreams<Message> recent,
    TimeProvider time,
    IClock clock,
    ILogger<Sweep> logger
) : BackgroundService
{
    private const int MostAtOnce = 500;

    /// <summary>Only each fifth look asks for what memory may have lost: that is rare, and dear to look for.</summary>
    private const int ThoroughEvery = 5;

    private readonly Dictionary<(string Tenant, WorkStage Stage), int> passed = [];

    /// <summary>What was accepted so recently, in milliseconds, is on its way already.</summary>
    private const int FreshForMs = 3_000;

    private int looks;

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

        var isThorough = looks++ % ThoroughEvery == 0;
        foreach (var tenant in fleet.Tenants().Union(line.Tenants()))
        {
            var sims = fleet.Snapshot(tenant);
            var held = sims.Count > 0 ? await Next(session, tenant, WorkStage.Held, cancellation) : [];
            var waiting =
                isThorough && line.Count(tenant) < WaitingLine.Capacity / 2
                    ? await Next(session, tenant, WorkStage.Waiting, cancellation)
                    : [];
            var overlooked = waiting.Where(w =>
                w.Message.Since < now - FreshForMs && MayBeOverlooked(tenant, w.Message)
            );
            var released = held.Where(w => WakeMessagesHandler.CouldGo(w.Message, sims));
            await Wake(overlooked.Concat(released));
            await Route(tenant, new RouteMessages([], Hold: true));
            if (isThorough)
            {
                await Invoke(tenant, new FreePlaces());
            }
        }
    }

    /// <summary>A page of what waits; the next look takes the next one, so that none that can't go hides the others.</summary>
    private async Task<IReadOnlyList<OutboundWork>> Next(
        IQuerySession session,
        string tenant,
        WorkStage stage,
        CancellationToken cancellation
    )
    {
        var skip = passed.GetValueOrDefault((tenant, stage));
        var page = await session
            .Query<OutboundWork>()
            .Where(w => w.TenantIsOneOf(tenant) && w.Stage == stage)
            .OrderBy(w => w.WakeAt)
            .ThenBy(w => w.Id)
            .Skip(skip)
            .Take(MostAtOnce)
            .ToListAsync(cancellation);
        passed[(tenant, stage)] = page.Count < MostAtOnce ? 0 : skip + page.Count;
        return page;
    }

    /// <summary>Not in the line, and not on its way as far as we know; that the view only trails can't be told from here.</summary>
    private bool MayBeOverlooked(string tenant, WaitingMessage message) =>
        !line.Has(tenant, message.Id)
        && (recent.Peek(tenant, message.Id) is null or { Status: MessageStatus.Queued });

    private async Task Wake(IEnumerable<OutboundWork> work)
    {
        foreach (var tenant in work.GroupBy(w => w.Tenant))
        {
            await Invoke(tenant.Key, new WakeMessages([.. tenant.Select(w => w.Message)]));
        }
    }

    private async Task Invoke(string tenant, object command)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<IMessageBus>()
                .InvokeForTenantAsync(tenant, command);
        }
        catch (Exception broken)
        {
            // One tenant's trouble is not the others'; the next tick looks again.
            LogFailed(logger, broken);
        }
    }

    /// <summary>In its turn: two that plan at once would give the same place away twice.</summary>
    private async Task Route(string tenant, RouteMessages command)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IMessageBus>()
            .SendAsync(command, new DeliveryOptions { TenantId = tenant });
    }

    [LoggerMessage(LogLevel.Warning, "The sweep could not look for due messages")]
    private static partial void LogFailed(ILogger logger, Exception broken);
}
