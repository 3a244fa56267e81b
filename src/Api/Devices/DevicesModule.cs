using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Application.Devices;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Devices;
using Gateway.Projections.History;
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

public sealed class DevicesModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/v1/devices").WithTags("Devices");

        devices
            .MapPost("pairing-codes", MakeCode)
            .Needs(Scopes.WriteDevices)
            .WithSummary("Make a code that lets one device in");
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
}
