using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Domain;
using Gateway.Projections.History;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Gateway.Api.History;

/// <summary>One value that is not the same.</summary>
/// <param name="Path">A JSON Pointer (RFC 6901), such as <c>/status</c>.</param>
/// <param name="Before">Null when it wasn't there.</param>
/// <param name="After">Null when it isn't there any more.</param>
public sealed record Change(string Path, JsonNode? Before, JsonNode? After);

/// <summary>What became of something between two moments.</summary>
/// <param name="From">The position of the first moment.</param>
/// <param name="To">The position of the second.</param>
/// <param name="Facts">What was recorded of it in between.</param>
public sealed record Difference(long From, long To, IReadOnlyList<Change> Changes, IReadOnlyList<Fact> Facts);

/// <summary>Two moments, each written like <c>asOf</c>.</summary>
/// <param name="To">Left out, it is now.</param>
public sealed record Span(string? From, string? To);

/// <summary>Compares how something stood at two moments.</summary>
public sealed class Differences(
    FactLog log,
    PastFinder finder,
    PastStreams streams,
    IOptions<JsonOptions> json
)
{
    /// <summary>What stands in one answer and not in the other, and the facts of the stream that made it so.</summary>
    /// <param name="stateAt">What is answered of it as of a moment; null for nothing.</param>
    /// <param name="unknown">Said when there never was such a thing.</param>
    public async Task<Results<Ok<Difference>, ProblemHttpResult>> Answer<T>(
        string tenant,
        Guid stream,
        Span span,
        Func<Past, Task<T?>> stateAt,
        Rejection unknown,
        CancellationToken cancellation
    )
        where T : class
    {
        var (from, fromProblem) = await finder.Position(tenant, span.From ?? "", cancellation);
        var (to, toProblem) = span.To is null
            ? (await log.Mark(cancellation), null)
            : await finder.Position(tenant, span.To, cancellation);
        if ((fromProblem ?? toProblem) is { } problem)
        {
            return problem;
        }

        if (to < from)
        {
            return Problems.Malformed("moment-is-invalid", "The second moment is before the first.");
        }

        var before = await stateAt(new(from, null));
        var after = await stateAt(new(to, null));
        if (after is null)
        {
            return (await streams.Missing(tenant, stream, new(to, null), unknown, cancellation)).ToProblem();
        }

        var facts = await log.Stream(tenant, stream, cancellation);
        return TypedResults.Ok(
            new Difference(
                from,
                to,
                [.. Of("", Json(before), Json(after))],
                [.. facts.Where(f => f.Position > from && f.Position <= to).Select(Fact.Of)]
            )
        );
    }

    /// <summary>Object by object, list by list; a value that is equal is left out.</summary>
    public static IEnumerable<Change> Of(string path, JsonNode? before, JsonNode? after) =>
        (before, after) switch
        {
            _ when JsonNode.DeepEquals(before, after) => [],
            (JsonObject a, JsonObject b) => a.Select(member => member.Key)
                .Union(b.Select(member => member.Key))
                .SelectMany(name => Of($"{path}/{Escaped(name)}", a[name], b[name])),
            (JsonArray a, JsonArray b) => Enumerable
                .Range(0, Math.Max(a.Count, b.Count))
                .SelectMany(i => Of($"{path}/{i}", a.ElementAtOrDefault(i), b.ElementAtOrDefault(i))),
            _ => [new(path, before?.DeepClone(), after?.DeepClone())],
        };

    private JsonNode? Json<T>(T? state) =>
        JsonSerializer.SerializeToNode(state, json.Value.SerializerOptions);

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
