using Gateway.Api.History;
using Gateway.Application.Webhooks;
using Gateway.Domain.Replays;
using Gateway.Domain.Telephony;
using Gateway.Domain.Webhooks;
using Gateway.Projections.History;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Replays;

/// <summary>Finds what a replay tells.</summary>
public sealed class ReplayPlans(
    IDocumentStore store,
    FactLog log,
    EventForms forms,
    PastFinder finder,
    IClock clock
)
{
    private const string Beginning = "0";

    /// <summary>What would be told, counted exactly; or why it can't be.</summary>
    public async Task<(WebhookReplayRequested? Plan, ProblemHttpResult? Problem)> Make(
        string tenant,
        Guid webhookId,
        NewReplay wanted,
        CancellationToken cancellation
    )
    {
        await using var session = store.QuerySession(tenant);
        var webhook = (await session.LoadAsync<WebhookEndpoint>(webhookId, cancellation))?.Webhook;
        IReadOnlyList<string> asked = wanted.Events ?? [];
        if (WebhookReplay.Refusal(webhook, asked) is { } refusal)
        {
            return (null, refusal.ToProblem());
        }

        var (after, fromProblem) =
            wanted.From == Beginning ? (0, null) : await finder.Position(tenant, wanted.From!, cancellation);
        var end = wanted.To ?? $"{await log.Last(cancellation)}";
        var (upTo, toProblem) = await finder.Position(tenant, end, cancellation);
        if ((fromProblem ?? toProblem) is { } problem)
        {
            return (null, problem);
        }

        if (upTo < after)
        {
            return (null, Problems.Malformed("moment-is-invalid", "The second moment is before the first."));
        }

        var plan = new WebhookReplayRequested(
            webhookId,
            after,
            upTo,
            WebhookReplay.TypesOf(webhook!, asked),
            wanted.Number is { } number ? Msisdn.Parse(number) : null,
            wanted.Device,
            wanted.Stream,
            wanted.RatePerSecond ?? WebhookReplay.UsualRate,
            0,
            clock.GetCurrentInstant()
        );
        var total = await log.Count(FilterOf(tenant, plan), after, upTo, int.MaxValue, cancellation);
        return (plan with { Total = total }, null);
    }

    /// <summary>The facts of a replay, in the words of the log.</summary>
    public FactFilter FilterOf(string tenant, WebhookReplayRequested order) =>
        new(
            tenant,
            [
                .. order.Events.Select(name =>
                    forms.Newest.Single(form => form.Event == WebhookEventTypes.FactOf(name)).Type
                ),
            ],
            Stream: order.Stream,
            Number: order.Number?.Value,
            Device: order.Device
        );
}
