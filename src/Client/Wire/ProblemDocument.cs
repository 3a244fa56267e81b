using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Client.Wire;

/// <summary>A refusal as it comes over the wire (RFC 9457).</summary>
internal sealed record ProblemDocument(
    string? Code,
    string? Title,
    string? Detail,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors
)
{
    /// <summary>The answer of somebody who isn't the gateway, such as a proxy, becomes a problem too.</summary>
    public static async Task<GatewayProblemException> Read(
        HttpResponseMessage answer,
        CancellationToken cancellation
    )
    {
        var document = await TryRead(answer, cancellation);
        return new GatewayProblemException(
            document?.Code ?? $"http-{(int)answer.StatusCode}",
            answer.StatusCode,
            document?.Detail
                ?? document?.Title
                ?? $"The answer was {(int)answer.StatusCode} {answer.ReasonPhrase}, without a reason.",
            document?.Errors,
            answer.Headers.RetryAfter?.Delta
        );
    }

    private static async Task<ProblemDocument?> TryRead(
        HttpResponseMessage answer,
        CancellationToken cancellation
    )
    {
        if (
            answer.Content.Headers.ContentType?.MediaType
            is not ("application/problem+json" or "application/json")
        )
        {
            return null;
        }

        try
        {
            return await answer.Content.ReadFromJsonAsync(WireJson.Default.ProblemDocument, cancellation);
        }
        catch (JsonException)
        {
            // Whoever wrote that is not the gateway; its status says enough.
            return null;
        }
    }
}
