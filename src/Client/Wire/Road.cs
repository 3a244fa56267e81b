using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gateway.Client.History;

namespace Gateway.Client.Wire;

/// <summary>There and back: requests, answers, refusals, and the second try where it is safe.</summary>
internal sealed class Road(HttpClient http, GatewayClientOptions options)
{
    private const string IdempotencyKey = "Idempotency-Key";
    private const string AccessPurpose = "Access-Purpose";
    private const string AsOfPosition = "As-Of-Position";

    public async Task<T> Get<T>(Address address, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        (await GetThen(address, null, type, cancellation)).Item;

    /// <summary>With the position that the answer rests on.</summary>
    public async Task<Then<T>> GetThen<T>(
        Address address,
        Past? past,
        JsonTypeInfo<T> type,
        CancellationToken cancellation
    )
    {
        address.With(past);
        using var answer = await Ask(() => Request(HttpMethod.Get, address), isSafe: true, cancellation);
        return new(await Read(answer, type, cancellation), PositionOf(answer));
    }

    /// <summary>Follows the cursors to the last page.</summary>
    public Listing<T> List<T>(
        Func<Address> address,
        int? pageSize,
        JsonTypeInfo<Page<T>> type,
        CancellationToken cancellation
    ) =>
        new(
            (cursor, stop) =>
                GetThen(address().With("limit", pageSize).With("cursor", cursor), null, type, stop),
            cancellation
        );

    /// <summary>What became of a thing between two moments.</summary>
    public Task<Difference> Diff(string path, Moment from, Moment? to, CancellationToken cancellation) =>
        Get(
            new Address($"{path}/diff").With("from", from.ToString()).With("to", to?.ToString()),
            WireJson.Default.Difference,
            cancellation
        );

    public async Task<T> Post<T>(
        Address address,
        HttpContent? body,
        JsonTypeInfo<T> type,
        CancellationToken cancellation
    )
    {
        using var answer = await Ask(
            () => Request(HttpMethod.Post, address, body),
            isSafe: false,
            cancellation
        );
        return await Read(answer, type, cancellation);
    }

    /// <summary>With a key the same request is the same message, so it may be tried again.</summary>
    public async Task<T> PostOnce<TBody, T>(
        Address address,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<T> type,
        string? key,
        CancellationToken cancellation
    )
    {
        using var answer = await Ask(
            () =>
            {
                var request = Request(HttpMethod.Post, address, JsonContent.Create(body, bodyType));
                if (key is not null)
                {
                    request.Headers.TryAddWithoutValidation(IdempotencyKey, key);
                }

                return request;
            },
            isSafe: key is not null,
            cancellation
        );
        return await Read(answer, type, cancellation);
    }

    /// <summary>Where the answer says no more than that it is done.</summary>
    public async Task Tell(
        HttpMethod method,
        Address address,
        HttpContent? body,
        CancellationToken cancellation
    )
    {
        using var _ = await Ask(() => Request(method, address, body), isSafe: false, cancellation);
    }

    /// <summary>Asks once and returns as soon as the headers are there; a refusal is thrown.</summary>
    public async Task<HttpResponseMessage> Open(HttpRequestMessage request, CancellationToken cancellation)
    {
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ProblemDocument.Read(answer, cancellation);
        }
    }

    /// <summary>A request to the gateway, which may live below a path of its own.</summary>
    public HttpRequestMessage Request(HttpMethod method, Address address, HttpContent? body = null)
    {
        var home =
            http.BaseAddress
            ?? throw new InvalidOperationException(
                "The HTTP client needs the gateway's address as its base."
            );
        var root = home.AbsolutePath.EndsWith('/') ? home : new Uri($"{home.GetLeftPart(UriPartial.Path)}/");
        var request = new HttpRequestMessage(method, new Uri(root, address.ToString())) { Content = body };
        if (!string.IsNullOrEmpty(options.Purpose))
        {
            request.Headers.TryAddWithoutValidation(AccessPurpose, options.Purpose);
        }

        return request;
    }

    private async Task<HttpResponseMessage> Ask(
        Func<HttpRequestMessage> make,
        bool isSafe,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                using var request = make();
                return await Open(request, cancellation);
            }
            catch (HttpRequestException) when (isSafe && attempt < options.Tries)
            {
                pause = options.PauseAfter(attempt);
            }
            catch (GatewayProblemException problem)
                when (isSafe && problem.IsTransient && attempt < options.Tries)
            {
                pause = problem.RetryAfter ?? options.PauseAfter(attempt);
            }

            await Task.Delay(
                pause < options.LongestPause ? pause : options.LongestPause,
                options.Time,
                cancellation
            );
        }
    }

    private static long? PositionOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(AsOfPosition, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : null;

    private static async Task<T> Read<T>(
        HttpResponseMessage answer,
        JsonTypeInfo<T> type,
        CancellationToken cancellation
    ) =>
        await answer.Content.ReadFromJsonAsync(type, cancellation)
        ?? throw new JsonException("The answer is null where something was expected.");
}
