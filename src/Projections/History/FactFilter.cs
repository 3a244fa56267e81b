namespace Gateway.Projections.History;

/// <summary>Which facts of a tenant are asked for; all that is given must hold.</summary>
/// <param name="Types">Such as <c>message_delivered</c>; empty for all.</param>
/// <param name="Actor">Such as <c>key:…</c>, <c>device:…</c> or <c>system:router</c>.</param>
/// <param name="Stream">The id of a message, device, key …</param>
/// <param name="Number">E.164, on either side: its texts, its consent, who read about it, the devices that have it.</param>
/// <param name="Read">That somebody was shown one of these, as <c>content_read</c> names them.</param>
/// <param name="Device">What it did, what was done to it, and what it was given to do.</param>
public sealed record FactFilter(
    string Tenant,
    IReadOnlyList<string> Types,
    string? Actor = null,
    Guid? Stream = null,
    string? Correlation = null,
    string? Number = null,
    Guid? Device = null,
    IReadOnlyList<string>? Read = null
)
{
    /// <summary>Every fact of a tenant.</summary>
    public static FactFilter All(string tenant) => new(tenant, []);
}
