using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Scenarios.Webhooks;

/// <summary>One call as it arrived.</summary>
/// <param name="Replay">The replay it belongs to; empty for a first telling.</param>
public sealed record Call(string Id, string Timestamp, string Signature, string Body, string Replay);

/// <summary>A server on this computer that remembers what it is told and answers as it is told.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Call> calls = new();
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>In the order of arrival.</summary>
    public IReadOnlyList<Call> Calls => [.. calls];

    /// <summary>Those of replays.</summary>
    public IReadOnlyList<Call> Replayed => [.. calls.Where(call => call.Replay.Length > 0)];

    /// <summary>Where it listens.</summary>
    public string Url => app.Urls.Single();

    /// <param name="answer">Answers a call, counted from 1; null answers 204.</param>
    /// <param name="certificate">Listens with TLS; null without.</param>
    public static async Task<Receiver> Start(
        Func<int, HttpContext, Task>? answer = null,
        X509Certificate2? certificate = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => UseTls(listen, certificate))
        );
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(http => receiver.Take(http, answer));
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with each status in turn, and goes on with the last.</summary>
    public static Task<Receiver> Answering(params int[] statuses) =>
        Start(
            (n, http) =>
            {
                http.Response.StatusCode = statuses[Math.Min(n, statuses.Length) - 1];
                return Task.CompletedTask;
            }
        );

    /// <summary>The calls, once there are that many.</summary>
    public async Task<IReadOnlyList<Call>> Wait(int count)
    {
        await Eventually.True(() => calls.Count >= count);
        return Calls;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void UseTls(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(certificate);
        }
    }

    private async Task Take(HttpContext http, Func<int, HttpContext, Task>? answer)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        calls.Enqueue(
            new(
                headers["webhook-id"].ToString(),
                headers["webhook-timestamp"].ToString(),
                headers["webhook-signature"].ToString(),
                await reader.ReadToEndAsync(http.RequestAborted),
                headers["gateway-replay"].ToString()
            )
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        await (answer?.Invoke(calls.Count, http) ?? Task.CompletedTask);
    }
}
