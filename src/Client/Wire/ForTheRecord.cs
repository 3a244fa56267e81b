namespace Gateway.Client.Wire;

/// <summary>Why something is done.</summary>
internal sealed record ForTheRecord(string? Reason);
