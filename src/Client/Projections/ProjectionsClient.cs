using System.Net.Http.Json;
using Gateway.Client.Wire;

namespace Gateway.Client.Projections;

/// <summary>What reads the facts, and building views anew from them.</summary>
public sealed class ProjectionsClient
{
    private const string Path = "v1/projections";
    private readonly Road road;

    internal ProjectionsClient(Road road) => this.road = road;

    /// <summary>All readers, in the order of their names.</summary>
    public Task<IReadOnlyList<Reader>> List(CancellationToken cancellation = default) =>
        road.Get(new(Path), WireJson.Default.IReadOnlyListReader, cancellation);

    /// <summary>Stops one, across restarts.</summary>
    /// <param name="reason">For the record.</param>
    public Task Pause(string name, string? reason = null, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Post, new($"{Of(name)}/pause"), Why(reason), cancellation);

    /// <summary>Lets one go on from where it was.</summary>
    public Task Resume(string name, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Post, new($"{Of(name)}/resume"), null, cancellation);

    /// <summary>Events that could not be taken in and nobody has decided about, the oldest first.</summary>
    public Task<IReadOnlyList<ParkedEvent>> Parked(CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/parked"), WireJson.Default.IReadOnlyListParkedEvent, cancellation);

    /// <summary>Tries one again: builds the views anew that stumbled over it.</summary>
    public Task<Rebuild> Retry(Guid parked, CancellationToken cancellation = default) =>
        road.Post(new($"{Path}/parked/{parked}/retry"), null, WireJson.Default.Rebuild, cancellation);

    /// <summary>Leaves one out for good.</summary>
    /// <param name="reason">For the record.</param>
    public Task Skip(Guid parked, string reason, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Post, new($"{Path}/parked/{parked}/skip"), Why(reason), cancellation);

    /// <summary>Builds views anew beside those in use, compares them, and puts them in their place.</summary>
    /// <param name="views">Such as <c>Messages</c>; all when there are none.</param>
    public Task<Rebuild> Rebuild(IReadOnlyList<string> views, CancellationToken cancellation = default) =>
        road.Post(
            new($"{Path}/rebuilds"),
            JsonContent.Create(new(views), WireJson.Default.NewRebuild),
            WireJson.Default.Rebuild,
            cancellation
        );

    /// <summary>Every rebuild there was, the newest first.</summary>
    public Task<IReadOnlyList<Rebuild>> Rebuilds(CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/rebuilds"), WireJson.Default.IReadOnlyListRebuild, cancellation);

    /// <summary>One rebuild, with how far it has come.</summary>
    public Task<Rebuild> ReadRebuild(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/rebuilds/{id}"), WireJson.Default.Rebuild, cancellation);

    /// <summary>Stops a rebuild; what is in use stays as it is.</summary>
    public Task CancelRebuild(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Delete, new($"{Path}/rebuilds/{id}"), null, cancellation);

    private static string Of(string name) => $"{Path}/{Uri.EscapeDataString(name)}";

    private static JsonContent Why(string? reason) =>
        JsonContent.Create(new(reason), WireJson.Default.ForTheRecord);
}
