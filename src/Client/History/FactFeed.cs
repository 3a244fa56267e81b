using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Gateway.Client.Wire;

namespace Gateway.Client.History;

/// <summary>One reader's place in the feed, kept over as many connections as it takes.</summary>
internal sealed class FactFeed(
    Road road,
    GatewayClientOptions options,
    Func<Address> address,
    long after,
    Action<Exception?>? interrupted
) : IAsyncDisposable
{
    /// <summary>The feed's own words, as opposed to facts, begin with this.</summary>
    private const string OwnWords = "gateway.";

    private HttpResponseMessage? answer;
    private ListeningStream? stream;
    private SseParser<string>? parser;
    private IAsyncEnumerator<SseItem<string>>? items;
    private long position = after;
    private TimeSpan? wish;
    private int failures;
    private bool wasOpen;

    /// <summary>Waits for the next fact, through any number of broken connections.</summary>
    public async Task<Fact> Next(CancellationToken cancellation)
    {
        while (true)
        {
            Exception? broken = null;
            try
            {
                items ??= await Open(cancellation);
                while (await items.MoveNextAsync())
                {
                    if (Take(items.Current) is { } fact)
                    {
                        return fact;
                    }
                }
            }
            catch (Exception failure) when (CanGoOn(failure, cancellation))
            {
                broken = failure;
            }

            await Close();
            interrupted?.Invoke(broken);
            await Task.Delay(Pause(broken), options.Time, cancellation);
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task<IAsyncEnumerator<SseItem<string>>> Open(CancellationToken cancellation)
    {
        using var request = road.Request(HttpMethod.Get, address().With("after", position));
        request.Headers.Accept.Add(new("text/event-stream"));
        if (wasOpen)
        {
            request.Headers.Add("Last-Event-ID", position.ToString(CultureInfo.InvariantCulture));
        }

        answer = await road.Open(request, cancellation);
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            throw new GatewayProblemException(
                "answer-is-not-a-stream",
                answer.StatusCode,
                "The answer is not a stream of events; is that a gateway?"
            );
        }

        wasOpen = true;
        stream = new(await answer.Content.ReadAsStreamAsync(cancellation), options);
        parser = SseParser.Create(stream);
        return parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>Null for the feed's own words, and for what was seen before.</summary>
    private Fact? Take(SseItem<string> item)
    {
        failures = 0;
        var isNews = TryRead(item.EventId) is not { } id || id > position;
        MoveTo(item.EventId);
        return isNews && !item.EventType.StartsWith(OwnWords, StringComparison.Ordinal)
            ? JsonSerializer.Deserialize(item.Data, WireJson.Default.Fact)
            : null;
    }

    private void MoveTo(string? id) => position = Math.Max(position, TryRead(id) ?? 0);

    private static long? TryRead(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>What the server wished for, unless it can't be reached: then ever longer.</summary>
    private TimeSpan Pause(Exception? broken)
    {
        failures++;
        var pause = options.PauseAfter(failures);
        var asked = (broken as GatewayProblemException)?.RetryAfter ?? wish;
        return asked is { } wished && (wished > pause || failures == 1) ? wished : pause;
    }

    /// <summary>Who never got in is told why; who was in comes back.</summary>
    private bool CanGoOn(Exception failure, CancellationToken cancellation) =>
        wasOpen
        && !cancellation.IsCancellationRequested
        && failure switch
        {
            GatewayProblemException problem => problem.IsTransient,
            HttpRequestException or IOException or OperationCanceledException => true,
            _ => false,
        };

    private async Task Close()
    {
        if (stream is { IsBetweenEvents: true })
        {
            // An id without an event says that there was nothing for us up to there. In the middle of an event the parser
            // knows its id already, although the event itself is lost and has to come again.
            MoveTo(parser?.LastEventId);
        }

        if (parser is { ReconnectionInterval: { } interval } && interval >= TimeSpan.Zero)
        {
            wish = interval < options.LongestPause ? interval : options.LongestPause;
        }

        if (items is not null)
        {
            await items.DisposeAsync();
        }

        answer?.Dispose();
        (answer, stream, parser, items) = (null, null, null, null);
    }
}
