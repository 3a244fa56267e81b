using System.Text.Json;

namespace Gateway.Client.History;

/// <summary>What became of something between two moments.</summary>
/// <param name="From">The position of the first moment.</param>
/// <param name="To">The position of the second.</param>
/// <param name="Facts">What was recorded of it in between.</param>
public sealed record Difference(long From, long To, IReadOnlyList<Change> Changes, IReadOnlyList<Fact> Facts);

/// <summary>One value that is not the same.</summary>
/// <param name="Path">A JSON Pointer (RFC 6901), such as <c>/status</c>; empty for the whole.</param>
/// <param name="Before">Null when it wasn't there.</param>
/// <param name="After">Null when it isn't there any more.</param>
public sealed record Change(string Path, JsonElement? Before, JsonElement? After);
