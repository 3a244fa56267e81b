using NodaTime;
using NodaTime.Text;

namespace Gateway.Api.History;

/// <summary>Instants in addresses: ISO 8601 with an offset or Z.</summary>
public static class Moments
{
    /// <summary>False for what isn't one; nothing is no instant.</summary>
    public static bool TryRead(string? text, out Instant? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var result = OffsetDateTimePattern.ExtendedIso.Parse(text);
        instant = result.Success ? result.Value.ToInstant() : null;
        return result.Success;
    }

    /// <summary>The answer to what isn't one.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Bad() =>
        Problems.Malformed(
            "moment-is-invalid",
            "Write an instant as 2026-01-31T12:00:00Z, a position as 1234, or before:… with the id of a fact."
        );

    /// <summary>The answer to what nobody can know yet.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Future() =>
        Problems.Malformed("moment-is-in-the-future", "That moment, or that position, is still to come.");
}
