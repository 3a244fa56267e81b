using Gateway.Client.History;

namespace Gateway.Client.Audit;

/// <summary>All that followed from one request, across streams.</summary>
/// <param name="Roots">Facts that no other of these led to.</param>
/// <param name="Causes">Which led to which.</param>
/// <param name="More">There are more facts than are shown.</param>
public sealed record CausationGraph(
    string Correlation,
    IReadOnlyList<Guid> Roots,
    IReadOnlyList<Cause> Causes,
    IReadOnlyList<Fact> Facts,
    bool More
);

/// <summary>One fact led to another.</summary>
public sealed record Cause(Guid From, Guid To);

/// <summary>How many facts match.</summary>
/// <param name="IsExact">False when there are more than <paramref name="Count"/>.</param>
public sealed record FactCount(int Count, bool IsExact);
