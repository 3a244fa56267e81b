using System.Globalization;
using Carter;
using Gateway.Api.Audit;
using Gateway.Api.Setup;
using Gateway.Domain;
using Gateway.Domain.Access;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.History;

/// <summary>Some facts in their order.</summary>
/// <param name="After">Where to go on; stays when there was nothing.</param>
/// <param name="More">Whether there is more already.</param>
public sealed record FeedPage(IReadOnlyList<Fact> Items, long After, bool More);

public sealed record EventTypeIsUnknown()
    : Rejection(
        "event-type-is-unknown",
        RejectionKind.Missing,
        "No event has this name; /v1/events/schemas lists all."
    );

public sealed class EventsModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/v1/events").WithTags("Events");

        events
            .MapGet("", Feed)
            .Needs(Scopes.ReadAudit)
            .ShowsTexts()
            .WithSummary("Follow every fact of the tenant, in the order it was recorded")
            .WithDescription(
                "Go on with after= and nothing is missed and nothing comes twice, across restarts too. With "
                    + "Accept: text/event-stream the same as server-sent events, first what is stored, then what comes; "
                    + "Last-Event-ID goes on where a connection broke."
            )
            .Produces<FeedPage>()
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        events
            .MapGet("schemas", Schemas)
            .Needs(Scopes.ReadAudit)
            .WithSummary("The JSON Schema of every event, and which forms of it are read");
        events
            .MapGet("schemas/{type}", Schema)
            .Needs(Scopes.ReadAudit)
            .WithSummary("The JSON Schema of one event");
        app.MapGet("/asyncapi/v1.json", (EventSchemas schemas) => Results.Json(AsyncApi.Describe(schemas)))
            .AllowAnonymous()
            .WithTags("Events")
            .WithSummary("The feed, described as AsyncAPI 3");
    }

    private static async Task<IResult> Feed(
        [AsParameters] FactQuery query,
        Caller caller,
        HttpContext http,
        FactLog log,
        EventForms forms,
        FeedStream stream,
        Shown shown,
        IOptions<JsonOptions> json,
        int? limit,
        CancellationToken cancellation
    )
    {
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        if (last.Length > 0)
        {
            if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return Moments.Bad();
            }

            query = query with { After = position };
        }

        var (filter, period, problem) = await query.Read(caller.Tenant, log, forms, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (
            http
                .Request.GetTypedHeaders()
                .Accept.Any(type =>
                    type.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)
                )
        )
        {
            await shown.Log(http, "feed", query, period.After, period.UpTo);
            await stream.Write(http, filter, period.After, period.UpTo, json.Value.SerializerOptions);
            return TypedResults.Empty;
        }

        var page = await log.Read(filter, period.After, Paging.Size(limit), cancellation, period.UpTo);
        if (page.HasTexts)
        {
            await shown.Log(http, "feed", query, period.After, period.UpTo);
        }

        return TypedResults.Ok(new FeedPage([.. page.Facts.Select(Fact.Of)], page.After, page.More));
    }

    private static Ok<IReadOnlyList<EventSchema>> Schemas(EventSchemas schemas) =>
        TypedResults.Ok(schemas.All);

    private static Results<Ok<EventSchema>, ProblemHttpResult> Schema(string type, EventSchemas schemas) =>
        schemas.All.FirstOrDefault(schema => schema.Type == type) is { } found
            ? TypedResults.Ok(found)
            : new EventTypeIsUnknown().ToProblem();
}
