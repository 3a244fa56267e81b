using Carter;
using Gateway.Api.History;
using Gateway.Api.Setup;
using Gateway.Application.Webhooks;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Domain.Webhooks;
using Gateway.Projections.Webhooks;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Wolverine;

namespace Gateway.Api.Webhooks;

public sealed class WebhooksModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/v1/webhooks").WithTags("Webhooks");

        webhooks
            .MapPost("", Register)
            .Validates<NewWebhook>()
            .Needs(Scopes.WriteWebhooks)
            .WithSummary("Have facts told to an address")
            .WithDescription(
                "Signed by the rules of Standard Webhooks; the secret is shown this once. What was recorded before the "
                    + "registration is not told."
            );
        webhooks
            .MapGet("", List)
            .Needs(Scopes.ReadWebhooks)
            .WithSummary("List the webhooks, now or as they were");
        webhooks
            .MapGet("{id:guid}", Read)
            .Needs(Scopes.ReadWebhooks)
            .WithSummary("Read one webhook, now or as it was");
        webhooks
            .MapGet("{id:guid}/diff", Compare)
            .Needs(Scopes.ReadWebhooks)
            .WithSummary("What became of one webhook between two moments");
        webhooks
            .MapDelete("{id:guid}", Remove)
            .Needs(Scopes.WriteWebhooks)
            .WithSummary("Tell an address nothing more");
        webhooks
            .MapGet("{id:guid}/attempts", Attempts)
            .Needs(Scopes.ReadWebhooks)
            .WithSummary("List the calls to one webhook, newest first");
        webhooks
            .MapPost("{id:guid}/test", Test)
            .Needs(Scopes.WriteWebhooks)
            .WithSummary("Send a webhook.test event by the road of all others");
    }

    private static async Task<Results<Created<MadeWebhook>, ProblemHttpResult>> Register(
        NewWebhook body,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var (id, secret) = (Guid.CreateVersion7(), WebhookSecret.Make());
        var command = new RegisterWebhook(id, body.Url!, body.Events!, body.Description, secret);
        var decision = await caller.Invoke<Decision>(bus, command, cancellation);
        return decision.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Created(
                $"/v1/webhooks/{id}",
                new MadeWebhook(id, body.Url!, body.Events!, body.Description, secret)
            );
    }

    private static async Task<Results<Ok<IReadOnlyList<ListedWebhook>>, ProblemHttpResult>> List(
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
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

        var webhooks = await streams.States<Webhook>(
            caller.Tenant,
            "webhook_registered",
            Webhook.Evolve,
            past ?? Past.Now,
            cancellation
        );
        return TypedResults.Ok<IReadOnlyList<ListedWebhook>>([
            .. webhooks.Where(webhook => webhook.RemovedAt is null).Select(ListedWebhook.Of),
        ]);
    }

    private static async Task<Results<Ok<ListedWebhook>, ProblemHttpResult>> Read(
        Guid id,
        [AsParameters] Moment moment,
        Caller caller,
        HttpContext http,
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

        return await At(streams, caller, id, past ?? Past.Now, cancellation) is { } webhook
                ? TypedResults.Ok(webhook)
            : past is null ? new WebhookIsUnknown().ToProblem()
            : (
                await streams.Missing(
                    caller.Tenant,
                    id,
                    past ?? Past.Now,
                    new WebhookIsUnknown(),
                    cancellation
                )
            ).ToProblem();
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
            new WebhookIsUnknown(),
            cancellation
        );

    private static async Task<ListedWebhook?> At(
        PastStreams streams,
        Caller caller,
        Guid id,
        Past past,
        CancellationToken cancellation
    ) =>
        await streams.State<Webhook>(caller.Tenant, id, Webhook.Evolve, past, cancellation)
            is { RemovedAt: null } webhook
            ? ListedWebhook.Of(webhook)
            : null;

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid id,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var decision = await caller.Invoke<Decision>(bus, new RemoveWebhook(id), cancellation);
        return decision.Rejection is { } rejection ? rejection.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Page<ListedAttempt>>, ProblemHttpResult>> Attempts(
        Guid id,
        Caller caller,
        IDocumentStore store,
        CancellationToken cancellation,
        string? cursor = null,
        int? limit = null
    )
    {
        if (!Paging.TryRead(cursor, out var before))
        {
            return Paging.BadCursor();
        }

        await using var session = store.QuerySession(caller.Tenant);
        if (await session.LoadAsync<WebhookEndpoint>(id, cancellation) is null)
        {
            return new WebhookIsUnknown().ToProblem();
        }

        var (size, from) = (Paging.Size(limit), before ?? long.MaxValue);
        var found = await session
            .Query<WebhookAttemptView>()
            .Where(view => view.WebhookId == id && view.Position < from)
            .OrderByDescending(view => view.Position)
            .Take(size + 1)
            .ToListAsync(cancellation);
        return TypedResults.Ok(Paging.Of(found, size, view => view.Position, ListedAttempt.Of));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Test(
        Guid id,
        Caller caller,
        IMessageBus bus,
        CancellationToken cancellation
    )
    {
        var decision = await caller.Invoke<Decision>(bus, new TestWebhook(id), cancellation);
        return decision.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Accepted($"/v1/webhooks/{id}/attempts");
    }
}
