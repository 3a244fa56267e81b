using Gateway.Domain.Webhooks;

namespace Gateway.Application.Webhooks;

/// <summary>What this installation lets webhooks do.</summary>
/// <param name="AllowPrivateAddresses">Whether endpoints may be in private networks, and be called without TLS.</param>
public sealed record WebhookRules(bool AllowPrivateAddresses, RetrySchedule Schedule);
