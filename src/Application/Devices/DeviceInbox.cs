using Gateway.Application.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace Gateway.Application.Devices;

/// <summary>
/// Where frames of all devices come in. Those that arrive at the same time share a transaction, in order; answers and
/// acknowledgements go out after the commit.
/// </summary>
public sealed partial class DeviceInbox : BackgroundService
{
    private const int MostAtOnce = 400;

    private readonly IServiceScopeFactory scopes;
    private readonly WaitingLine line;
    private readonly Fleet fleet;
    private readonly ILogger<DeviceInbox> logger;
    private readonly Gather<Said> frames;

    public DeviceInbox(
        IServiceScopeFactory scopes,
        WaitingLine line,
        Fleet fleet,
        TimeProvider time,
        ILogger<DeviceInbox> logger
    )
    {
        (this.scopes, this.line, this.fleet, this.logger) = (scopes, line, fleet, logger);
        frames = new(MostAtOnce, time, Hear);
    }

    /// <summary>Takes a frame in; it is answered later, over the device's link.</summary>
    public void Add(Said said) => frames.Add(said);

    /// <inheritdoc />
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        frames.Complete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => frames.Run();

    private async Task Hear(IReadOnlyList<Said> batch)
    {
        foreach (var tenant in batch.GroupBy(said => said.Device.Tenant))
        {
            await Hear(tenant.Key, [.. tenant]);
        }
    }

    private async Task Hear(string tenant, IReadOnlyList<Said> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
            var heard = await bus.InvokeForTenantAsync<Heard>(tenant, new HearDevices(batch));
            foreach (var device in heard.Answers.GroupBy(answer => answer.Device, answer => answer.Frame))
            {
                device.Key.Link.Send([.. device]);
            }

            var freed = false;
            foreach (var (device, message) in heard.Released)
            {
                // It may have said so over a link that another one has replaced by now.
                freed |= (fleet.Find(tenant, device.Id) ?? device).Release(message);
            }

            if (freed && line.Count(tenant) > 0)
            {
                await bus.SendAsync(new RouteMessages([]), new DeliveryOptions { TenantId = tenant });
            }
        }
        catch (Exception broken)
        {
            await Isolate(tenant, batch, broken);
        }
    }

    /// <summary>
    /// Nothing of the batch was committed or acknowledged. Each device is heard alone, so that one that says what can't
    /// be stored harms no other; the one it is ends its link and says it again after it reconnected.
    /// </summary>
    private async Task Isolate(string tenant, IReadOnlyList<Said> batch, Exception broken)
    {
        var devices = batch.GroupBy(said => said.Device).ToList();
        if (devices.Count > 1)
        {
            foreach (var device in devices)
            {
                await Hear(tenant, [.. device]);
            }

            return;
        }

        LogFailed(logger, devices[0].Key.Id, broken);
        devices[0].Key.Link.Close(1011, "What was said could not be stored; say it again.");
    }

    [LoggerMessage(LogLevel.Error, "What device {DeviceId} said could not be stored; its link is closed")]
    private static partial void LogFailed(ILogger logger, Guid deviceId, Exception broken);
}
