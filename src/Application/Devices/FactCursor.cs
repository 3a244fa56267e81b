namespace Gateway.Application.Devices;

/// <summary>
/// Up to which number the facts of a device are committed. Written in the same transaction as the facts, so that each is
/// committed exactly once, whatever the link does.
/// </summary>
/// <param name="Epoch">The journal that <paramref name="Ack"/> counts in.</param>
public sealed record FactCursor(Guid Id, int Epoch, long Ack);
