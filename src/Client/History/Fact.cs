using System.Text.Json;

namespace Gateway.Client.History;

/// <summary>Something that happened, stored for good.</summary>
/// <param name="Position">In the whole store; later facts have higher ones.</param>
/// <param name="Stream">The id of the message, device, key … that it happened to.</param>
/// <param name="Version">In its stream, from 1.</param>
/// <param name="Type">The stored name, such as <c>message_delivered</c>.</param>
/// <param name="Actor">Who caused it, opaque: <c>key:…</c>, <c>device:…</c>, <c>system:…</c>.</param>
/// <param name="At">When it happened, by the clock that the fact names; null for a fact without one.</param>
/// <param name="RecordedAt">When the store wrote it, by the database's clock.</param>
/// <param name="Data">What the fact says; its fields depend on type and schema.</param>
/// <param name="Schema">The version of the form of <paramref name="Data"/>, from 1.</param>
public sealed record Fact(
    Guid Id,
    long Position,
    Guid Stream,
    long Version,
    string Type,
    string? Actor,
    string? Correlation,
    string? Causation,
    DateTimeOffset? At,
    DateTimeOffset RecordedAt,
    JsonElement Data,
    int Schema = 1
);

/// <summary>What facts are narrowed by; all that is given must hold.</summary>
public sealed record FactFilter
{
    /// <summary>Stored names, such as <c>message_delivered</c>; any of them.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>What this number takes part in, on either side; E.164.</summary>
    public string? Number { get; init; }

    /// <summary>Such as <c>key:…</c>, <c>device:…</c> or <c>system:router</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>The id of a message, device, key …</summary>
    public Guid? Stream { get; init; }

    public string? Correlation { get; init; }

    /// <summary>What it did, what was done to it, and what it was given to do.</summary>
    public Guid? Device { get; init; }

    /// <summary>Recorded at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Recorded before.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Some facts, and where to go on.</summary>
/// <param name="After">Continue from here and nothing is missed, even when there are no items.</param>
/// <param name="More">Whether there is more already.</param>
public sealed record EventPage(IReadOnlyList<Fact> Items, long After, bool More);
