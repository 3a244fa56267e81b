using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Application.Webhooks;

/// <summary>How a call went.</summary>
/// <param name="StatusCode">Null when no answer came; then <paramref name="Error"/> says why.</param>
/// <param name="RetryAfterMs">Of a 429 or 503 that names a wait; milliseconds.</param>
public sealed record CallAnswer(int? StatusCode, string? Error, long DurationMs, long? RetryAfterMs);

/// <summary>Calls endpoints: one signed POST each, 15 seconds in all, at most 16 KiB of the answer read.</summary>
public sealed class WebhookCalls(WebhookRules rules, IClock clock, TimeProvider time) : IDisposable
{
    /// <summary>Names the replay that a call belongs to.</summary>
    public const string ReplayHeader = "gateway-replay";

    private const int MostOctetsRead = 16 * 1024;
    private const int MostReasonCharacters = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient client = new(PublicConnections.Open(rules.AllowPrivateAddresses))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Never throws for what the receiver does; that is an answer too.</summary>
    /// <param name="id">The value of <c>webhook-id</c>: the same for every attempt.</param>
    /// <param name="replay">The value of <c>gateway-replay</c>; null for a call that is no replay.</param>
    public async Task<CallAnswer> Post(
        string url,
        string secret,
        string id,
        string body,
        Guid? replay,
        CancellationToken cancellation
    )
    {
        var started = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var request = Signed(url, secret, id, body);
            if (replay is not null)
            {
                request.Headers.Add(ReplayHeader, replay.ToString());
            }

            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            await ReadSome(response, either.Token);
            return new((int)response.StatusCode, null, Elapsed(started), RetryAfter(response));
        }
        catch (Exception broken) when (!cancellation.IsCancellationRequested)
        {
            return new(null, ReasonOf(broken), Elapsed(started), null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private HttpRequestMessage Signed(string url, string secret, string id, string body)
    {
        var now = clock.GetCurrentInstant();
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("gateway-webhooks", "1"));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{now.ToUnixTimeSeconds()}");
        request.Headers.TryAddWithoutValidation(
            "webhook-signature",
            WebhookSignature.Of(secret, id, now, body)
        );
        return request;
    }

    /// <summary>Reads enough of a short answer to use the connection again. The status stands, whatever comes of the rest.</summary>
    private static async Task ReadSome(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[MostOctetsRead];
            await stream.ReadAtLeastAsync(buffer, MostOctetsRead, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception broken)
            when (broken is OperationCanceledException or IOException or HttpRequestException)
        {
            // An answer that drips or breaks off after its status line has still been given.
        }
    }

    private long? RetryAfter(HttpResponseMessage response)
    {
        var asked =
            (int)response.StatusCode is 429 or 503 && response.Headers.RetryAfter is { } header
                ? header.Delta ?? header.Date - time.GetUtcNow()
                : null;
        return asked is { } wait ? (long)Math.Max(0, wait.TotalMilliseconds) : null;
    }

    private long Elapsed(long started) => (long)time.GetElapsedTime(started).TotalMilliseconds;

    private static string ReasonOf(Exception broken) =>
        broken switch
        {
            OperationCanceledException => "timeout",
            AddressRefusedException => "address_refused",
            AuthenticationException tls => $"tls_failed: {Short(tls.Message)}",
            SocketException
            {
                SocketErrorCode: SocketError.HostNotFound
                    or SocketError.NoData
                    or SocketError.TryAgain
                    or SocketError.NoRecovery,
            } => "name_not_found",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection_refused",
            { InnerException: { } inner } => ReasonOf(inner),
            HttpRequestException or IOException or SocketException => "connection_failed",
            _ => "call_failed",
        };

    private static string Short(string text) =>
        text.Length > MostReasonCharacters ? text[..MostReasonCharacters] : text;
}
