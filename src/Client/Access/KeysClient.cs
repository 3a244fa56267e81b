using System.Net.Http.Json;
using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Access;

/// <summary>API keys.</summary>
public sealed class KeysClient
{
    private const string Path = "v1/keys";
    private readonly Road road;

    internal KeysClient(Road road) => this.road = road;

    /// <summary>Makes a key; it is shown once.</summary>
    /// <param name="scopes">Such as <c>messages:send</c>, or <c>messages:*</c> for a group.</param>
    /// <param name="expiresAt">Void from then on; never when left out.</param>
    public Task<MadeApiKey> Add(
        string name,
        IReadOnlyList<string> scopes,
        DateTimeOffset? expiresAt = null,
        CancellationToken cancellation = default
    ) =>
        road.Post(
            new(Path),
            JsonContent.Create(new(name, scopes, expiresAt), WireJson.Default.NewApiKey),
            WireJson.Default.MadeApiKey,
            cancellation
        );

    public Task<IReadOnlyList<ApiKey>> List(CancellationToken cancellation = default) =>
        road.Get(new(Path), WireJson.Default.IReadOnlyListApiKey, cancellation);

    /// <summary>As they were; when each was last used isn't known of the past.</summary>
    public Task<Then<IReadOnlyList<ApiKey>>> ListThen(Past past, CancellationToken cancellation = default) =>
        road.GetThen(new(Path), past, WireJson.Default.IReadOnlyListApiKey, cancellation);

    /// <summary>Makes a key void, within a second.</summary>
    public Task Revoke(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Delete, new($"{Path}/{id}"), null, cancellation);
}
