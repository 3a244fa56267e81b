using Gateway.Domain.Consent;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;

namespace Gateway.Domain.Webhooks;

/// <summary>The names under which facts are told outside. They are for ever, like the stored ones.</summary>
public static class WebhookEventTypes
{
    /// <summary>A trial delivery; nobody needs to ask for it.</summary>
    public const string Test = "webhook.test";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(MessageQueued)] = "message.queued",
        [typeof(MessageHeld)] = "message.held",
        [typeof(MessageDispatched)] = "message.dispatched",
        [typeof(MessageSent)] = "message.sent",
        [typeof(MessageDelivered)] = "message.delivered",
        [typeof(MessageUndelivered)] = "message.undelivered",
        [typeof(MessageFailed)] = "message.failed",
        [typeof(MessageDoubted)] = "message.in_doubt",
        [typeof(MessageDoubtResolved)] = "message.doubt_resolved",
        [typeof(MessageResendAuthorised)] = "message.resend_authorised",
        [typeof(MessageExpired)] = "message.expired",
        [typeof(MessageCancelled)] = "message.cancelled",
        [typeof(MessageReplied)] = "message.replied",
        [typeof(InboundMessageReceived)] = "message.received",
        [typeof(OptedOut)] = "consent.opted_out",
        [typeof(OptedIn)] = "consent.opted_in",
        [typeof(DevicePaired)] = "device.paired",
        [typeof(DeviceConnected)] = "device.connected",
        [typeof(DeviceWentSilent)] = "device.went_silent",
        [typeof(DevicePaused)] = "device.paused",
        [typeof(DeviceResumed)] = "device.resumed",
        [typeof(DeviceQuarantined)] = "device.quarantined",
        [typeof(DeviceRetired)] = "device.retired",
    };

    /// <summary>Every name that can be asked for.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Values];

    /// <summary>The facts that have a name, and those that ask for a trial delivery.</summary>
    public static IReadOnlyList<Type> Facts { get; } = [.. Names.Keys, typeof(WebhookTestRequested)];

    /// <summary>What a fact is called outside; null for one that is not told.</summary>
    public static string? NameOf(object @event) =>
        @event is WebhookTestRequested ? Test : Names.GetValueOrDefault(@event.GetType());

    /// <summary>The fact that has this name.</summary>
    public static Type FactOf(string name) => Names.Single(pair => pair.Value == name).Key;

    /// <summary>Whether this can be asked for: a name, <c>x.*</c> for a group there is, or <c>*</c>.</summary>
    public static bool IsKnown(string asked) => All.Any(name => Covers(asked, name));

    /// <summary>Whether what was asked for includes this name.</summary>
    public static bool Covers(string asked, string name) =>
        asked == name
        || asked == "*"
        || (
            asked.EndsWith(".*", StringComparison.Ordinal)
            && asked.IndexOf('.', StringComparison.Ordinal) == asked.Length - 2
            && name.StartsWith(asked[..^1], StringComparison.Ordinal)
        );
}
