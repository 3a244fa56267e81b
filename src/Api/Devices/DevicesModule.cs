using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Application.Devices;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Devices;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wolverine;

namespace Gateway.Api.Devices;

/// <summary>A code that lets one device in.</summary>
/// <param name="Code">Shown once; ten characters in two groups.</param>
public sealed record PairingCodeAnswer(string Code, Instant ExpiresAt);

/// <summary>Why a device is paused, for the record.</summary>
public sealed record PauseReason(string? Reason);

/// <summary>One device.</summary>
/// <param name="Status"><c>online</c>, <c>offline</c>, <c>paused</c>, <c>quarantined</c> or <c>retired</c>.</param>
/// <param name="Sims">With health and load where its link is up.</param>
public sealed record DeviceAnswer(
    Guid Id,
    string Name,
    string Model,
    string Status,
    bool Connected,
    Instant PairedAt,
    Instant LastSeenAt,
    IReadOnlyList<DeviceSim> Sims,
    IReadOnlyList<FleetSim> Live
);

public sealed class DevicesModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/v1/devices").WithTags("Devices");

        devices
            .MapPost("pairing-codes", MakeCode)
            .Needs(Scopes.WriteDevices)
            .WithSummary("Make a code that lets one device in");
        devices.MapGet("", List).Needs(Scopes.ReadDevices).WithSummary("List the devices");
        devices.MapGet("{id:guid}", Read).Needs(Scopes.ReadDevices).WithSummary("Read one device");
        devices
            .MapGet("{id:guid}/health", Health)
            .Needs(Scopes.ReadDevices)
            .WithSummary("Read its health of one day");
        devices
            .MapGet("{id:guid}/events", Events)
            .Needs(Scopes.ReadDevices)
            .WithSummary("Read every fact of its life");
        devices
            .MapPost("{id:guid}/pause", Pause)
            .Needs(Scopes.WriteDevices)
            .WithSummary("Give it no more work");
        devices
            .MapPost("{id:guid}/resume", Resume)
            .Needs(Scopes.WriteDevices)
            .WithSummary("Give it work again");
        devices
            .MapDelete("{id:guid}", Retire)
            .Needs(Scopes.WriteDevices)
            .WithSummary("Take it out of the fleet for good");
    }

    private static async Task<Created<PairingCodeAnswer>> MakeCode(
        Caller caller,
        IDocumentStore store,
        IClock clock,
        CancellationToken cancellation
    )
    {
        var code = PairingCodes.Make();
        var expires = clock.GetCurrentInstant() + PairingCodes.Validity;
        await using var session = store.LightweightSession(SystemTenant.Name);
        session.Store(new PairingCode(PairingCodes.Hash(code), caller.Tenant, expires));
        await session.SaveChangesAsync(cancellation);
        return TypedResults.Created((string?)null, new PairingCodeAnswer(code, expires));
    }

    private static async Task<Ok<IReadOnlyList<DeviceAnswer>>> List(
        Caller caller,
        IDocumentStore store,
        Fleet fleet,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        var devices = await session
            .Query<DeviceRoster>()
            .OrderBy(entry => entry.Id)
            .ToListAsync(cancellation);
        return TypedResults.Ok<IReadOnlyList<DeviceAnswer>>([.. devices.Select(entry => Show(entry, fleet))]);
    }

    private static async Task<Results<Ok<DeviceAnswer>, ProblemHttpResult>> Read(
        Guid id,
        Caller caller,
        IDocumentStore store,
        Fleet fleet,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        return await session.LoadAsync<DeviceRoster>(id, cancellation) is { } entry
            ? TypedResults.Ok(Show(entry, fleet))
            : new DeviceIsUnknown().ToProblem();
    }

    private static async Task<Results<Ok<IReadOnlyList<DeviceHealthReported>>, ProblemHttpResult>> Health(
        Guid id,
        Caller caller,
        IDocumentStore store,
        IClock clock,
        string? day,
        CancellationToken cancellation
    )
    {
        var wanted = day is null ? clock.GetCurrentInstant() : (Instant?)null;
        if (day is not null && !Moments.TryRead($"{day}T00:00:00Z", out wanted))
        {
            return Moments.Bad();
        }

        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<DeviceRoster>(id, cancellation) is null)
        {
            return new DeviceIsUnknown().ToProblem();
        }

        var events = await session.Events.FetchStreamAsync(
            HealthDay.IdOf(id, wanted!.Value),
            token: cancellation
        );
        return TypedResults.Ok<IReadOnlyList<DeviceHealthReported>>([
            .. events.Select(e => e.Data).OfType<DeviceHealthReported>(),
        ]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Fact>>, ProblemHttpResult>> Events(
        Guid id,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        var events = await session.Events.FetchStreamAsync(id, token: cancellation);
        return events.Any(e => e.Data is DeviceEvent)
            ? TypedResults.Ok<IReadOnlyList<Fact>>([.. events.Select(Fact.Of)])
            : new DeviceIsUnknown().ToProblem();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Pause(
        Guid id,
        PauseReason? body,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    ) => Tell(new PauseDevice(id, body?.Reason ?? ""), caller, bus, cancellation);

    private static Task<Results<NoContent, ProblemHttpResult>> Resume(
        Guid id,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    ) => Tell(new ResumeDevice(id), caller, bus, cancellation);

    private static Task<Results<NoContent, ProblemHttpResult>> Retire(
        Guid id,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    ) => Tell(new RetireDevice(id), caller, bus, cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> Tell(
        object command,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var decision = await caller.Invoke<Decision>(bus, command, cancellation);
        return decision.Rejection is { } rejection ? rejection.ToProblem() : TypedResults.NoContent();
    }

    private static DeviceAnswer Show(DeviceRoster entry, Fleet fleet)
    {
        var device = entry.Device;
        var live = fleet.Find(entry.Tenant, entry.Id);
        var status = device.Refusal ?? (live is null ? "offline" : "online");
        return new(
            device.Id,
            device.Name,
            device.Model,
            status,
            live is not null,
            device.PairedAt,
            device.LastSeenAt,
            device.Sims,
            live is null ? [] : [.. live.Snapshot()]
        );
    }
}
