using System.Net.Http.Json;
using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Webhooks;

/// <summary>Addresses that facts are told to.</summary>
public sealed class WebhooksClient
{
    private const string Path = "v1/webhooks";
    private readonly Road road;

    internal WebhooksClient(Road road) => this.road = road;

    /// <summary>Has facts told to an address, from now on.</summary>
    /// <param name="url">https, without user name and password.</param>
    /// <param name="events">Such as <c>message.sent</c>, <c>message.*</c> for a group, or <c>*</c>.</param>
    /// <param name="description">For people; at most 200 characters.</param>
    public Task<MadeWebhook> Add(
        string url,
        IReadOnlyList<string> events,
        string? description = null,
        CancellationToken cancellation = default
    ) =>
        road.Post(
            new(Path),
            JsonContent.Create(new(url, events, description), WireJson.Default.NewWebhook),
            WireJson.Default.MadeWebhook,
            cancellation
        );

    public Task<IReadOnlyList<Webhook>> List(CancellationToken cancellation = default) =>
        road.Get(new(Path), WireJson.Default.IReadOnlyListWebhook, cancellation);

    /// <summary>As they were.</summary>
    public Task<Then<IReadOnlyList<Webhook>>> ListThen(Past past, CancellationToken cancellation = default) =>
        road.GetThen(new(Path), past, WireJson.Default.IReadOnlyListWebhook, cancellation);

    public Task<Webhook> Read(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}"), WireJson.Default.Webhook, cancellation);

    /// <summary>As it was.</summary>
    public Task<Then<Webhook>> ReadThen(Guid id, Past past, CancellationToken cancellation = default) =>
        road.GetThen(new($"{Path}/{id}"), past, WireJson.Default.Webhook, cancellation);

    /// <summary>What became of it between two moments.</summary>
    /// <param name="to">Now when left out.</param>
    public Task<Difference> Diff(
        Guid id,
        Moment from,
        Moment? to = null,
        CancellationToken cancellation = default
    ) => road.Diff($"{Path}/{id}", from, to, cancellation);

    /// <summary>The calls to one webhook, the newest first.</summary>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public IAsyncEnumerable<WebhookAttempt> Attempts(
        Guid id,
        int? pageSize = null,
        CancellationToken cancellation = default
    ) =>
        road.List(
            () => new Address($"{Path}/{id}/attempts"),
            pageSize,
            WireJson.Default.PageWebhookAttempt,
            cancellation
        );

    /// <summary>Has a <c>webhook.test</c> event told by the road of all others.</summary>
    public Task Test(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Post, new($"{Path}/{id}/test"), null, cancellation);

    /// <summary>Has nothing more told to it.</summary>
    public Task Remove(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Delete, new($"{Path}/{id}"), null, cancellation);
}
