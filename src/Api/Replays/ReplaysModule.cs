using Carter;
using Gateway.Api.Setup;
using Gateway.Application.Replays;
using Gateway.Application.Webhooks;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Replays;
using Gateway.Domain.Webhooks;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Wolverine;

namespace Gateway.Api.Replays;

public sealed class ReplaysModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var replays = app.MapGroup("/v1/webhooks/{id:guid}/replays").WithTags("Webhooks");

        // Whoever has the past told must be allowed to read it.
        replays
            .MapPost("", Request)
            .Validates<NewReplay>()
            .Needs(Scopes.WriteWebhooks)
            .Needs(Scopes.ReadAudit)
            .WithSummary("Have a part of the log told to a webhook again")
            .WithDescription(
                "Only what the webhook asked for, with the ids and bodies of the first telling, signed as usual, and marked "
                    + "by the header gateway-replay. One replay per webhook at a time."
            );
        replays
            .MapPost("count", Count)
            .Validates<NewReplay>()
            .Needs(Scopes.WriteWebhooks)
            .Needs(Scopes.ReadAudit)
            .WithSummary("Count exactly what a replay would tell, and tell nothing");
        replays
            .MapGet("", List)
            .Needs(Scopes.ReadWebhooks)
            .WithSummary("List the replays of one webhook, newest first");
        replays.MapGet("{replayId:guid}", Read).Needs(Scopes.ReadWebhooks).WithSummary("Follow one replay");
        replays
            .MapPost("{replayId:guid}/pause", Steering((id, replayId) => new PauseReplay(replayId, id)))
            .Needs(Scopes.WriteWebhooks)
            .WithSummary("Have a replay wait");
        replays
            .MapPost("{replayId:guid}/resume", Steering((id, replayId) => new ResumeReplay(replayId, id)))
            .Needs(Scopes.WriteWebhooks)
            .WithSummary("Let a replay go on from where it was");
        replays
            .MapPost("{replayId:guid}/stop", Steering((id, replayId) => new StopReplay(replayId, id)))
            .Needs(Scopes.WriteWebhooks)
            .WithSummary("End a replay early, for good");
    }

    private static async Task<Results<Accepted<ListedReplay>, ProblemHttpResult>> Request(
        Guid id,
        NewReplay body,
        Caller caller,
        ReplayPlans plans,
        IMessageBus bus,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        var (plan, problem) = await plans.Make(caller.Tenant, id, body, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var replayId = Guid.CreateVersion7();
        var command = new RequestReplay(replayId, plan!);
        var decision = await caller.Invoke<Decision>(bus, command, cancellation);
        return decision.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Accepted(
                $"/v1/webhooks/{id}/replays/{replayId}",
                (await Find(store, caller, id, replayId, cancellation))!
            );
    }

    private static async Task<Results<Ok<ReplayCount>, ProblemHttpResult>> Count(
        Guid id,
        NewReplay body,
        Caller caller,
        ReplayPlans plans,
        CancellationToken cancellation
    )
    {
        var (plan, problem) = await plans.Make(caller.Tenant, id, body, cancellation);
        return problem is not null ? problem : TypedResults.Ok(ReplayCount.Of(plan!));
    }

    private static async Task<Results<Ok<IReadOnlyList<ListedReplay>>, ProblemHttpResult>> List(
        Guid id,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<WebhookEndpoint>(id, cancellation) is null)
        {
            return new WebhookIsUnknown().ToProblem();
        }

        var entries = await session
            .Query<WebhookReplayEntry>()
            .Where(entry => entry.WebhookId == id)
            .ToListAsync(cancellation);
        return TypedResults.Ok<IReadOnlyList<ListedReplay>>([
            .. entries
                .OrderByDescending(entry => entry.Replay.Order.At)
                .Select(e => ListedReplay.Of(e.Replay)),
        ]);
    }

    private static async Task<Results<Ok<ListedReplay>, ProblemHttpResult>> Read(
        Guid id,
        Guid replayId,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation
    ) =>
        await Find(store, caller, id, replayId, cancellation) is { } replay
            ? TypedResults.Ok(replay)
            : new ReplayIsUnknown().ToProblem();

    private static Delegate Steering(Func<Guid, Guid, object> command) =>
        async Task<Results<Ok<ListedReplay>, ProblemHttpResult>> (
            Guid id,
            Guid replayId,
            Caller caller,
            IMessageBus bus,
            IDocumentStore store,
            CancellationToken cancellation
        ) =>
        {
            var decision = await caller.Invoke<Decision>(bus, command(id, replayId), cancellation);
            return decision.Rejection is { } rejection
                ? rejection.ToProblem()
                : TypedResults.Ok((await Find(store, caller, id, replayId, cancellation))!);
        };

    private static async Task<ListedReplay?> Find(
        IDocumentStore store,
        Caller caller,
        Guid id,
        Guid replayId,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(caller.Tenant);
        return
            await session.LoadAsync<WebhookReplayEntry>(replayId, cancellation) is { } entry
            && entry.WebhookId == id
            ? ListedReplay.Of(entry.Replay)
            : null;
    }
}
