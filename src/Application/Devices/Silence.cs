using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace Gateway.Application.Devices;

/// <summary>Notices devices that are said to be online but have had no link for a while, also across a restart of ours.</summary>
public sealed partial class Silence(
    IServiceScopeFactory scopes,
    IDocumentStore store,
    Fleet fleet,
    TimeProvider time,
    ILogger<Silence> logger
) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Dictionary<Guid, long> missingSince = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away; the next tick looks again. An exception that escaped would end the gateway.
                LogFailed(logger, broken);
            }
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        var online = await session
            .Query<DeviceRoster>()
            .Where(d => d.AnyTenant() && d.IsOnline)
            .ToListAsync(cancellation);
        var missing = online.Where(device => fleet.Find(device.Tenant, device.Id) is null).ToList();
        foreach (var known in missingSince.Keys.Except(missing.Select(device => device.Id)).ToList())
        {
            missingSince.Remove(known);
        }

        foreach (var device in missing)
        {
            missingSince.TryAdd(device.Id, time.GetTimestamp());
            if (time.GetElapsedTime(missingSince[device.Id]) >= Patience)
            {
                missingSince.Remove(device.Id);
                await using var scope = scopes.CreateAsyncScope();
                var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
                await Origin
                    .System("clock")
                    .SignOn(bus)
                    .InvokeForTenantAsync(
                        device.Tenant,
                        new MarkDeviceSilent(device.Id, "no_link"),
                        cancellation
                    );
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for silent devices")]
    private static partial void LogFailed(ILogger logger, Exception broken);
}
