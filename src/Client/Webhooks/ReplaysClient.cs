using System.Net.Http.Json;
using Gateway.Client.Wire;

namespace Gateway.Client.Webhooks;

/// <summary>Parts of the log that are told to a webhook again.</summary>
public sealed class ReplaysClient
{
    private readonly Road road;

    internal ReplaysClient(Road road) => this.road = road;

    /// <summary>Counts exactly what a replay would tell, and tells nothing.</summary>
    public Task<ReplayCount> Count(
        Guid webhook,
        ReplayOrder order,
        CancellationToken cancellation = default
    ) =>
        road.Post(
            new($"{Path(webhook)}/count"),
            JsonContent.Create(NewReplay.Of(order), WireJson.Default.NewReplay),
            WireJson.Default.ReplayCount,
            cancellation
        );

    /// <summary>Begins one; a webhook has one at a time.</summary>
    public Task<Replay> Begin(Guid webhook, ReplayOrder order, CancellationToken cancellation = default) =>
        road.Post(
            new(Path(webhook)),
            JsonContent.Create(NewReplay.Of(order), WireJson.Default.NewReplay),
            WireJson.Default.Replay,
            cancellation
        );

    /// <summary>Those of one webhook, the newest first.</summary>
    public Task<IReadOnlyList<Replay>> List(Guid webhook, CancellationToken cancellation = default) =>
        road.Get(new(Path(webhook)), WireJson.Default.IReadOnlyListReplay, cancellation);

    public Task<Replay> Read(Guid webhook, Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path(webhook)}/{id}"), WireJson.Default.Replay, cancellation);

    /// <summary>Has it wait.</summary>
    public Task<Replay> Pause(Guid webhook, Guid id, CancellationToken cancellation = default) =>
        Steer(webhook, id, "pause", cancellation);

    /// <summary>Lets it go on from where it was.</summary>
    public Task<Replay> Resume(Guid webhook, Guid id, CancellationToken cancellation = default) =>
        Steer(webhook, id, "resume", cancellation);

    /// <summary>Ends it early, for good.</summary>
    public Task<Replay> Stop(Guid webhook, Guid id, CancellationToken cancellation = default) =>
        Steer(webhook, id, "stop", cancellation);

    private Task<Replay> Steer(Guid webhook, Guid id, string verb, CancellationToken cancellation) =>
        road.Post(new($"{Path(webhook)}/{id}/{verb}"), null, WireJson.Default.Replay, cancellation);

    private static string Path(Guid webhook) => $"v1/webhooks/{webhook}/replays";
}
