using Gateway.Application.Messages;
using Gateway.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Messages;

/// <summary>Places an order at the door, under the id that its Idempotency-Key gives it.</summary>
public sealed class Orders(Door door, SendingRules rules, IClock clock)
{
    private const int LongestKey = 200;

    /// <summary>Answers after the order is durable, or refused. The command must have passed its validator.</summary>
    public async Task<Results<Accepted<AcceptedMessage>, ProblemHttpResult>> Place(
        SendMessage command,
        Caller caller,
        HttpContext http
    )
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            return Problems.Malformed(
                "idempotency-key-is-too-long",
                "An Idempotency-Key has at most 200 characters."
            );
        }

        var id = key.Length > 0 ? DerivedId.Of("message", caller.Tenant, key) : Guid.CreateVersion7();
        var order = command.ToOrder(rules.Region, clock.GetCurrentInstant());
        var answer = await door.Queue(caller.Tenant, new(id, order, caller.Origin));
        return answer.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Accepted($"/v1/messages/{id}", AcceptedMessage.Of(id, answer.Queued));
    }
}
