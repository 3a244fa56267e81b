using System.Net.WebSockets;
using System.Security.Cryptography;
using Gateway.Application;
using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.DeviceProtocol;
using Gateway.Domain;
using Gateway.Domain.Devices;
using Marten;
using Wolverine;

namespace Gateway.Api.Devices.AgentV1;

/// <summary>A device's connection from challenge to end.</summary>
public sealed partial class AgentSession(
    IDocumentStore store,
    IServiceScopeFactory scopes,
    Fleet fleet,
    DeviceWords words,
    TimeProvider time,
    ILogger<AgentSession> logger
)
{
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(5);

    /// <summary>Serves one socket until it ends.</summary>
    /// <param name="host">The authority that the device dialled; part of its proof.</param>
    public async Task Serve(WebSocket socket, string host, CancellationToken stopping)
    {
        using var link = new AgentSocket(socket);
        var writing = link.Write();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, link.Ended);
        LiveDevice? device = null;
        try
        {
            device = await Greet(link, host, end.Token);
            while (device is not null && await link.Read(end.Token) is { } frames)
            {
                foreach (var frame in frames)
                {
                    await words.Take(device, frame);
                }
            }
        }
        catch (WireException broken)
        {
            link.Close(
                broken.Message.Contains("too long", StringComparison.Ordinal) ? 4413 : 4400,
                "That is not agent.v1."
            );
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException)
        {
            // A lost link is everyday; leases lapse by their own time.
        }
        catch (Exception broken)
        {
            // The database may be away; the device dials again.
            LogBroken(logger, broken);
            link.Close(1011, "The gateway can't serve the link now; dial again.");
        }
        finally
        {
            if (device is not null)
            {
                fleet.Leave(device);
            }

            link.Close((int)WebSocketCloseStatus.NormalClosure, "");
            await writing;
        }
    }

    private async Task<LiveDevice?> Greet(AgentSocket link, string host, CancellationToken cancellation)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        link.Send(new Challenge(nonce, time.GetUtcNow().ToUnixTimeMilliseconds()));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(HelloWithin);
        if (await link.Read(patience.Token) is not [Hello hello, ..])
        {
            link.Close(4408, "Hello was expected.");
            return null;
        }

        var roster = await Find(hello, cancellation);
        var proof = Proof.Hello(nonce, hello.Device, hello.Epoch, hello.Boot, host);
        if (roster is null || !Proof.Holds(roster.Device.PublicKey, proof, hello.Sig))
        {
            link.Close(4401, "The proof doesn't hold.");
            return null;
        }

        if (roster.Device.Refusal == "retired" || hello.Epoch != roster.Device.Epoch)
        {
            link.Close(4403, "The device was retired or paired anew.");
            return null;
        }

        return await Welcome(link, hello, roster, cancellation);
    }

    private async Task<DeviceRoster?> Find(Hello hello, CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        return await session
            .Query<DeviceRoster>()
            .Where(entry => entry.AnyTenant() && entry.Id == hello.Device)
            .FirstOrDefaultAsync(cancellation);
    }

    private async Task<LiveDevice?> Welcome(
        AgentSocket link,
        Hello hello,
        DeviceRoster roster,
        CancellationToken cancellation
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = Origin.Device(roster.Id).SignOn(scope.ServiceProvider.GetRequiredService<IMessageBus>());
        await using var session = store.QuerySession(roster.Tenant);
        var cursor = await session.LoadAsync<FactCursor>(roster.Id, cancellation);
        var ack = cursor?.Epoch == hello.Epoch ? cursor.Ack : 0;
        if (hello.LastN < ack)
        {
            await bus.InvokeForTenantAsync(
                roster.Tenant,
                new QuarantineDevice(roster.Id, "journal_regressed"),
                cancellation
            );
            link.Close(4410, "The journal is older than what it has reported; pair again.");
            return null;
        }

        var device = new LiveDevice(roster.Id, roster.Tenant, hello.Epoch, hello.Boot, link)
        {
            Refusal = roster.Device.Refusal,
        };
        var sims = hello
            .Radios.Select(radio => new DeviceSim(radio.Sim, radio.Number, radio.Operator))
            .ToList();
        foreach (var sim in sims)
        {
            device.SetSim(sim.Sim, sim.Number, hello.Free.GetValueOrDefault(sim.Sim));
        }

        await bus.InvokeForTenantAsync<Decision>(
            roster.Tenant,
            new ConnectDevice(roster.Id, hello.Boot, hello.Agent, sims),
            cancellation
        );
        link.Send(new Welcome(Guid.CreateVersion7().ToString("N"), ack));
        fleet.Join(device)?.Link.Close(4409, "A newer connection of the same device took over.");
        LogConnected(logger, device.Id, sims.Count);
        try
        {
            await Resync(device, hello.Holds, cancellation);
            await bus.SendAsync(new RouteMessages([]), new DeliveryOptions { TenantId = device.Tenant });
        }
        catch
        {
            // A link that nobody reads must not stay among those that get work.
            fleet.Leave(device);
            throw;
        }

        _ = LookAgain(device, hello.Holds, link.Ended);
        return device;
    }

    /// <summary>What was claimed in the moment of the reconnect may not be on the work list yet.</summary>
    private async Task LookAgain(LiveDevice device, IReadOnlyList<Hold> holds, CancellationToken ended)
    {
        try
        {
            await Task.Delay(SecondLook, time, ended);
            await Resync(device, holds, ended);
        }
        catch (OperationCanceledException)
        {
            // The link ended first; the next one looks again.
        }
        catch (Exception broken)
        {
            LogBroken(logger, broken);
            device.Link.Close(1011, "The gateway could not compare what is on hand; dial again.");
        }
    }

    private async Task Resync(LiveDevice device, IReadOnlyList<Hold> holds, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var resynced = await bus.InvokeForTenantAsync<Resynced>(
            device.Tenant,
            new ResyncDevice(device, holds),
            cancellation
        );
        device.Link.Send(resynced.Frames);
    }

    [LoggerMessage(LogLevel.Information, "Device {DeviceId} is online with {Sims} SIMs")]
    private static partial void LogConnected(ILogger logger, Guid deviceId, int sims);

    [LoggerMessage(LogLevel.Warning, "A device's link could not be served")]
    private static partial void LogBroken(ILogger logger, Exception broken);
}
