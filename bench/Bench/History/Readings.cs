using System.Diagnostics;
using System.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;
using Npgsql;

namespace Gateway.Bench.History;

/// <summary>Asks a gateway with a long history about it, as one client with one request at a time.</summary>
internal sealed class Readings : IDisposable
{
    private const int FeedFacts = 400_000;
    private const int Asked = 400;
    private const int WarmUp = 100;

    private readonly Random random = new(20_261);
    private readonly NpgsqlDataSource data;

    public Readings(GatewayProcess gateway, NpgsqlDataSource data)
    {
        this.data = data;
        Http = new() { BaseAddress = gateway.Url, Timeout = TimeSpan.FromHours(1) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);
    }

    public HttpClient Http { get; }

    /// <summary>Facts a second from the beginning of the log; the first tenth is not counted.</summary>
    public async Task<double> Feed(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var (buffer, facts, began, counted) = (new byte[256 * 1024], 0L, 0L, 0L);
        while (facts < FeedFacts)
        {
            var read = await body.ReadAsync(buffer, stop);
            // Every fact has one line that ends its data; JSON has no raw line ends.
            facts += buffer.AsSpan(0, read).Count("}\n"u8);
            if (began == 0 && facts > FeedFacts / 10)
            {
                (began, counted) = (Stopwatch.GetTimestamp(), facts);
            }
        }

        return (facts - counted) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>A message at a moment of its life.</summary>
    public Task<Percentiles> MessageThen(long messages, CancellationToken stop) =>
        Waits(
            () =>
            {
                var i = random.NextInt64(messages);
                var moment = Life.Beginning + Duration.FromMilliseconds(Life.Begins(i) + 1000);
                return Task.FromResult($"/v1/messages/{Life.IdOf(i)}?asOf={Text(moment)}");
            },
            stop
        );

    /// <summary>The newest 50 messages at a moment somewhere in the history.</summary>
    public Task<Percentiles> ListThen(long events, CancellationToken stop) =>
        Waits(
            async () =>
                $"/v1/messages?limit=50&asOf={Text(await TimeOf(random.NextInt64(1000, events), stop))}",
            stop
        );

    /// <summary>The first page of all that concerns a number.</summary>
    public Task<Percentiles> Number(long messages, CancellationToken stop) =>
        Waits(
            () =>
                Task.FromResult(
                    $"/v1/audit?number={Uri.EscapeDataString(Life.RemoteOf(random.NextInt64(messages), messages))}"
                ),
            stop
        );

    public void Dispose() => Http.Dispose();

    private async Task<Instant> TimeOf(long position, CancellationToken stop)
    {
        await using var command = data.CreateCommand(
            "select timestamp from gateway.mt_events where seq_id >= $1 order by seq_id limit 1"
        );
        command.Parameters.Add(new() { Value = position });
        return Instant.FromDateTimeUtc((DateTime)(await command.ExecuteScalarAsync(stop))!);
    }

    private async Task<Percentiles> Waits(Func<Task<string>> ask, CancellationToken stop)
    {
        var waits = new List<double>();
        for (var i = 0; i < WarmUp + Asked; i++)
        {
            var path = await ask();
            var start = Stopwatch.GetTimestamp();
            using var answer = await Http.GetAsync(path, stop);
            var text = await answer.Content.ReadAsByteArrayAsync(stop);
            if (i >= WarmUp)
            {
                waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            if (!answer.IsSuccessStatusCode || text.Length < 100)
            {
                throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text.Length} octets");
            }
        }

        return Percentiles.Of(waits);
    }

    private static string Text(Instant instant) =>
        Uri.EscapeDataString(InstantPattern.ExtendedIso.Format(instant));
}
