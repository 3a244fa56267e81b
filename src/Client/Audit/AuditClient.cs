using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Audit;

/// <summary>What the audit list is narrowed by; all that is given must hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Such as <c>key:…</c>, <c>device:…</c> or <c>system:router</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>Stored names, such as <c>message_delivered</c>; any of them.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The id of a message, device, key …</summary>
    public Guid? Stream { get; init; }

    /// <summary>What this number takes part in, on either side; E.164.</summary>
    public string? Number { get; init; }

    public string? Correlation { get; init; }

    /// <summary>What it did, what was done to it, and what it was given to do.</summary>
    public Guid? Device { get; init; }

    /// <summary>Recorded at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Recorded before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Positions above this one.</summary>
    public long? After { get; init; }
}

/// <summary>Every fact, searched.</summary>
public sealed class AuditClient
{
    private readonly Road road;

    internal AuditClient(Road road) => this.road = road;

    /// <summary>In the order they were recorded.</summary>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public IAsyncEnumerable<Fact> List(
        AuditFilter? filter = null,
        int? pageSize = null,
        CancellationToken cancellation = default
    ) =>
        road.List(
            () =>
                new Address("v1/audit")
                    .With("actor", filter?.Actor)
                    .With("types", filter?.Types)
                    .With("stream", filter?.Stream)
                    .With("number", filter?.Number)
                    .With("correlation", filter?.Correlation)
                    .With("device", filter?.Device)
                    .With("since", filter?.Since)
                    .With("until", filter?.Until)
                    .With("after", filter?.After),
            pageSize,
            WireJson.Default.PageFact,
            cancellation
        );
}
