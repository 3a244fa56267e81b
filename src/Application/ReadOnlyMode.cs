namespace Gateway.Application;

/// <summary>Whether this gateway only shows what was: then not even the use of a key, or a reading, is written down.</summary>
public sealed record ReadOnlyMode(bool IsOn);
