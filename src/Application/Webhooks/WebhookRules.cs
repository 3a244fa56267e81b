using Gateway.Domain.Webhooks;

namespace Gateway.Application.Webhooks;

/// <summary>What this installation lets webhooks do.</summary>
/// <param name="AllowPrivateAddresses">Whether endpoints may be in private networks, and be called without TLS.</param>
/// <param name="ReplaySchedule">When a call of a replay is tried; after the last one the replay waits for a person.</param>
public sealed record WebhookRules(
    bool AllowPrivateAddresses,
    RetrySchedule Schedule,
    RetrySchedule ReplaySchedule
);
