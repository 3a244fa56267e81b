namespace Gateway.EmbeddedPostgres;

/// <summary>Why the embedded server cannot be had, in one paragraph that is meant for a person.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null)
    : Exception(message, inner);
