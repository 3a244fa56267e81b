namespace Gateway.Client.Wire;

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
