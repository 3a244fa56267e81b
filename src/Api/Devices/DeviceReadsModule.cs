using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application.Devices;
using Gateway.Domain.Access;
using Gateway.Domain.Devices;
using Gateway.Projections.History;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Devices;

public sealed class DeviceReadsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/v1/devices").WithTags("Devices");

        devices
            .MapGet("", List)
            .Needs(Scopes.ReadDevices)
            .WithSummary("List the devices, now or as they were");
        devices
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadDevices)
            .WithSummary("Read one device, now or as it was");
        devices
            .MapGet("{id:guid}/health", Health)
            .Needs(Scopes.ReadDevices)
            .WithSummary("Read its health of one day, as it is known now or was known then");
        devices
            .MapGet("{id:guid}/events", Events)
            .Needs(Scopes.ReadDevices)
            .WithSummary("Read every fact of its life");
        devices
            .MapGet("{id:guid}/diff", Compare)
            .Needs(Scopes.ReadDevices)
            .WithSummary("What became of one device between two moments");
    }

    private static async Task<Results<Ok<IReadOnlyList<DeviceAnswer>>, ProblemHttpResult>> List(
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        Fleet fleet,
        PastFinder finder,
        PastStreams streams,
        CancellationToken cancellation
    )
    {
        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (past is not null)
        {
            var then = await streams.States<Device>(
                caller.Tenant,
                "device_paired",
                Device.Evolve,
                past,
                cancellation
            );
            return TypedResults.Ok<IReadOnlyList<DeviceAnswer>>([.. then.Select(DeviceAnswer.Of)]);
        }

        await using var session = store.QuerySession(caller.Tenant);
        var devices = await session
            .Query<DeviceRoster>()
            .OrderBy(entry => entry.Id)
            .ToListAsync(cancellation);
        return TypedResults.Ok<IReadOnlyList<DeviceAnswer>>([
            .. devices.Select(entry => DeviceAnswer.Of(entry.Device, fleet.Find(entry.Tenant, entry.Id))),
        ]);
    }

    private static async Task<Results<Ok<DeviceAnswer>, ProblemHttpResult>> Read(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        Fleet fleet,
        PastFinder finder,
        PastStreams streams,
        CancellationToken cancellation
    )
    {
        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (past is not null)
        {
            return await At(streams, caller, id, past, cancellation) is { } then
                ? TypedResults.Ok(then)
                : (
                    await streams.Missing(
                        caller.Tenant,
                        id,
                        past ?? Past.Now,
                        new DeviceIsUnknown(),
                        cancellation
                    )
                ).ToProblem();
        }

        await using var session = store.QuerySession(caller.Tenant);
        return await session.LoadAsync<DeviceRoster>(id, cancellation) is { } entry
            ? TypedResults.Ok(DeviceAnswer.Of(entry.Device, fleet.Find(entry.Tenant, entry.Id)))
            : new DeviceIsUnknown().ToProblem();
    }

    private static async Task<Results<Ok<IReadOnlyList<DeviceHealthReported>>, ProblemHttpResult>> Health(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
        IDocumentStore store,
        PastFinder finder,
        PastStreams streams,
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

        var (past, problem) = await finder.Find(http, moment, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<DeviceRoster>(id, cancellation) is null)
        {
            return new DeviceIsUnknown().ToProblem();
        }

        var stream = HealthDay.IdOf(id, wanted!.Value);
        var facts = await streams.Facts(caller.Tenant, [stream], past ?? Past.Now, cancellation);
        return TypedResults.Ok<IReadOnlyList<DeviceHealthReported>>([
            .. facts[stream].Select(e => e.Data).OfType<DeviceHealthReported>(),
        ]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Fact>>, ProblemHttpResult>> Events(
        Guid id,
        Caller caller,
        FactLog log,
        CancellationToken cancellation
    )
    {
        var facts = await log.Stream(caller.Tenant, id, cancellation);
        return facts is [{ Type: "device_paired" }, ..]
            ? TypedResults.Ok<IReadOnlyList<Fact>>([.. facts.Select(Fact.Of)])
            : new DeviceIsUnknown().ToProblem();
    }

    private static Task<Results<Ok<Difference>, ProblemHttpResult>> Compare(
        Guid id,
        [AsParameters] Span span,
        Caller caller,
        Differences differences,
        PastStreams streams,
        CancellationToken cancellation
    ) =>
        differences.Answer(
            caller.Tenant,
            id,
            span,
            past => At(streams, caller, id, past, cancellation),
            new DeviceIsUnknown(),
            cancellation
        );

    private static async Task<DeviceAnswer?> At(
        PastStreams streams,
        Caller caller,
        Guid id,
        Past past,
        CancellationToken cancellation
    ) =>
        await streams.State<Device>(caller.Tenant, id, Device.Evolve, past, cancellation) is { } device
            ? DeviceAnswer.Of(device)
            : null;
}
