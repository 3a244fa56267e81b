using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Audit;

/// <summary>Every fact, searched.</summary>
public sealed class AuditClient
{
    private const string Path = "v1/audit";
    private readonly Road road;

    internal AuditClient(Road road) => this.road = road;

    /// <summary>In the order they were recorded.</summary>
    /// <param name="after">Positions above this one; from the very first fact when left out.</param>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public IAsyncEnumerable<Fact> List(
        FactFilter? filter = null,
        long? after = null,
        int? pageSize = null,
        CancellationToken cancellation = default
    ) =>
        road.List(
            () => new Address(Path).With(filter).With("after", after),
            pageSize,
            WireJson.Default.PageFact,
            cancellation
        );

    /// <summary>How many the list would have, exactly up to 10,000.</summary>
    public Task<FactCount> Count(
        FactFilter? filter = null,
        long? after = null,
        CancellationToken cancellation = default
    ) =>
        road.Get(
            new Address($"{Path}/count").With(filter).With("after", after),
            WireJson.Default.FactCount,
            cancellation
        );

    /// <summary>What led to what, across streams.</summary>
    /// <param name="correlation">As <see cref="Fact.Correlation"/> says it.</param>
    public Task<CausationGraph> Graph(string correlation, CancellationToken cancellation = default) =>
        road.Get(
            new Address($"{Path}/graph").With("correlation", correlation),
            WireJson.Default.CausationGraph,
            cancellation
        );

    /// <summary>Who was shown it: facts of the type <c>content_read</c>, in their order.</summary>
    /// <param name="everything">With those who read a part of the whole log, and may have seen it there.</param>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public IAsyncEnumerable<Fact> Readings(
        Subject of,
        bool everything = true,
        int? pageSize = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(of);
        return road.List(
            () =>
                new Address($"{Path}/readings")
                    .With(of.Name, of.Value)
                    .With("everything", everything ? null : "false"),
            pageSize,
            WireJson.Default.PageFact,
            cancellation
        );
    }
}
