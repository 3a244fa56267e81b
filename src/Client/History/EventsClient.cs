using System.Runtime.CompilerServices;
using Gateway.Client.Wire;

namespace Gateway.Client.History;

/// <summary>Every fact, in the order it was recorded, from any position on.</summary>
public sealed class EventsClient
{
    private const string Path = "v1/events";
    private const int MostOnAPage = 500;
    private readonly Road road;
    private readonly GatewayClientOptions options;

    internal EventsClient(Road road, GatewayClientOptions options) =>
        (this.road, this.options) = (road, options);

    /// <summary>The next facts after a position, as far as the store is settled.</summary>
    /// <param name="after">0 from the very first one; then what the last page said.</param>
    /// <param name="limit">1 to 500.</param>
    public Task<EventPage> Read(
        long after,
        FactFilter? filter = null,
        int? limit = null,
        CancellationToken cancellation = default
    ) =>
        road.Get(
            new Address(Path).With(filter).With("after", after).With("limit", limit),
            WireJson.Default.EventPage,
            cancellation
        );

    /// <summary>All facts after a position, up to now; then it ends.</summary>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public async IAsyncEnumerable<Fact> List(
        long after = 0,
        FactFilter? filter = null,
        int? pageSize = null,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        EventPage page;
        do
        {
            page = await Read(after, filter, pageSize ?? MostOnAPage, cancellation);
            foreach (var fact in page.Items)
            {
                yield return fact;
            }

            after = page.After;
        } while (page.More);
    }

    /// <summary>The position that the feed has reached: continue from there for what is new.</summary>
    public async Task<long> Now(CancellationToken cancellation = default) =>
        // No stream has this id, so that the answer is empty and says up to where it has looked.
        (await Read(0, new FactFilter { Stream = Guid.Empty }, 1, cancellation)).After;

    /// <summary>
    /// Facts as they are recorded; ends only by cancellation or a refusal. A connection that breaks is opened again from the
    /// last fact that was seen, so none is missed and none comes twice; only the first one must succeed.
    /// </summary>
    /// <param name="after">
    /// 0 from the very first one. When left out, from the filter's <see cref="FactFilter.Since"/>, or else only what is new.
    /// </param>
    /// <param name="interrupted">Told each time the connection broke, with the reason where there is one.</param>
    public async IAsyncEnumerable<Fact> Follow(
        long? after = null,
        FactFilter? filter = null,
        Action<Exception?>? interrupted = null,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var from = after ?? (filter?.Since is null ? await Now(cancellation) : 0);
        await using var feed = new FactFeed(
            road,
            options,
            () => new Address(Path).With(filter),
            from,
            interrupted
        );
        while (true)
        {
            yield return await feed.Next(cancellation);
        }
    }

    /// <summary>What every event looks like, in the order of their names.</summary>
    public Task<IReadOnlyList<EventSchema>> Schemas(CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/schemas"), WireJson.Default.IReadOnlyListEventSchema, cancellation);

    /// <summary>What one event looks like.</summary>
    /// <param name="type">The stored name, such as <c>message_delivered</c>.</param>
    public Task<EventSchema> Schema(string type, CancellationToken cancellation = default) =>
        road.Get(
            new($"{Path}/schemas/{Uri.EscapeDataString(type)}"),
            WireJson.Default.EventSchema,
            cancellation
        );
}
