using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Projections.History;

namespace Gateway.Api.History;

/// <summary>
/// The feed as server-sent events (WHATWG HTML, section 9.2): what is stored already, then what comes. A reader who doesn't
/// read is let go: it may hold up one buffer, never the memory of the gateway.
/// </summary>
public sealed partial class FeedStream(
    FactLog log,
    LogMark mark,
    TimeProvider time,
    IHostApplicationLifetime gateway,
    IConfiguration configuration,
    ILogger<FeedStream> logger
)
{
    private const int FactsAtOnce = 1000;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private readonly TimeSpan patience = TimeSpan.FromSeconds(
        configuration.GetValue("Feed:SecondsUntilStalled", 30)
    );

    /// <summary>Writes until the reader goes, stalls, or the gateway stops; null <paramref name="upTo"/> has no end.</summary>
    public async Task Write(
        HttpContext http,
        FactFilter filter,
        long after,
        long? upTo,
        JsonSerializerOptions json
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted,
            gateway.ApplicationStopping
        );
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var output = http.Response.BodyWriter;
        var position = after;
        try
        {
            Text(output, "retry: 1000\n\n");
            while (position < (upTo ?? long.MaxValue))
            {
                var page = await log.Read(filter, position, FactsAtOnce, stop.Token, upTo);
                foreach (var fact in page.Facts)
                {
                    Event(output, fact.Position, fact.Type, Fact.Of(fact), json);
                }

                position = page.After;
                // So that who comes back goes on from here, even when nothing was for it.
                Text(
                    output,
                    page.Facts.Count > 0
                        ? ""
                        : string.Create(CultureInfo.InvariantCulture, $": so far\nid: {position}\n\n")
                );
                await Flush(http, stop.Token);
                if (!page.More)
                {
                    await More(position, stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (gateway.ApplicationStopping.IsCancellationRequested)
        {
            Event(
                output,
                position,
                "gateway.closing",
                new Closing("gateway-is-stopping", "Come back in a moment; go on from the last id."),
                json
            );
            await output.FlushAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // It went away; it knows up to where it has read.
        }
        catch (TimeoutException)
        {
            LogStalled(logger, Caller.Of(http).Actor, patience.TotalSeconds, position);
            http.Abort();
        }
    }

    private async Task More(long position, CancellationToken stop)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop);
        quiet.CancelAfter(Quiet);
        try
        {
            await mark.Beyond(position, quiet.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing new: time for a sign of life.
        }
    }

    private async Task Flush(HttpContext http, CancellationToken stop) =>
        await http.Response.BodyWriter.FlushAsync(stop).AsTask().WaitAsync(patience, time, stop);

    private static void Event<T>(
        IBufferWriter<byte> output,
        long id,
        string type,
        T data,
        JsonSerializerOptions json
    )
    {
        Text(output, string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {type}\ndata: "));
        using (var writer = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(writer, data, json);
        }

        Text(output, "\n\n");
    }

    private static void Text(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    private sealed record Closing(string Code, string Detail);

    [LoggerMessage(
        LogLevel.Warning,
        "{Actor} has not read its feed for {Seconds} s and was disconnected at position {Position}"
    )]
    private static partial void LogStalled(ILogger logger, string actor, double seconds, long position);
}
