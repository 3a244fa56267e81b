namespace Gateway.Domain.Access;

/// <summary>What a key may do. <c>x:*</c> stands for every scope of <c>x</c>.</summary>
public static class Scopes
{
    public const string SendMessages = "messages:send";
    public const string ReadMessages = "messages:read";
    public const string ReadDevices = "devices:read";
    public const string WriteDevices = "devices:write";
    public const string ReadWebhooks = "webhooks:read";
    public const string WriteWebhooks = "webhooks:write";
    public const string ReadAudit = "audit:read";
    public const string ReadProjections = "projections:read";
    public const string WriteProjections = "projections:write";
    public const string ReadArchive = "archive:read";
    public const string ReadKeys = "keys:read";
    public const string WriteKeys = "keys:write";

    /// <summary>Every scope there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SendMessages,
        ReadMessages,
        ReadDevices,
        WriteDevices,
        ReadWebhooks,
        WriteWebhooks,
        ReadAudit,
        ReadProjections,
        WriteProjections,
        ReadArchive,
        ReadKeys,
        WriteKeys,
    ];

    /// <summary>Whether there is such a scope, or such a group of scopes.</summary>
    public static bool Exists(string scope) => All.Any(known => Covers(scope, known));

    /// <summary>Whether what was granted includes what is needed.</summary>
    public static bool Allow(IEnumerable<string> granted, string needed) =>
        granted.Any(scope => Covers(scope, needed));

    private static bool Covers(string granted, string needed) =>
        granted == needed
        || (
            granted.EndsWith(":*", StringComparison.Ordinal)
            && needed.StartsWith(granted[..^1], StringComparison.Ordinal)
        );
}
