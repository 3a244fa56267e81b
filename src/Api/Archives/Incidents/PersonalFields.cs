using Gateway.Domain.Access;
using Gateway.Domain.Audit;
using Gateway.Domain.Consent;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Domain.Rebuilds;
using Gateway.Domain.Replays;
using Gateway.Domain.Webhooks;

namespace Gateway.Api.Archives.Incidents;

/// <summary>How a personal field is replaced.</summary>
public enum Personal
{
    /// <summary>A subscriber number, or a name in its place: keeps country code and length.</summary>
    Number,

    /// <summary>Words of a person: keeps length and alphabet.</summary>
    Text,

    /// <summary>A hash, a key or coded octets: keeps length and kind of characters.</summary>
    Code,

    /// <summary>An address on the web.</summary>
    Url,

    /// <summary>A caller's own JSON object: becomes an empty one.</summary>
    Json,
}

/// <summary>
/// Which fields of facts tell something about a person or a secret, and which don't. A spec fails when a field that may hold
/// words is on neither list.
/// </summary>
public static class PersonalFields
{
    private static readonly Dictionary<string, Personal> Replaced = new()
    {
        [Name<MessageQueued>(nameof(MessageQueued.To))] = Personal.Number,
        [Name<MessageQueued>(nameof(MessageQueued.From))] = Personal.Number,
        [Name<MessageQueued>(nameof(MessageQueued.Text))] = Personal.Text,
        [Name<MessageQueued>(nameof(MessageQueued.Tags))] = Personal.Text,
        [Name<MessageQueued>(nameof(MessageQueued.Metadata))] = Personal.Json,
        [Name<MessageDispatched>(nameof(MessageDispatched.Line))] = Personal.Number,
        [Name<MessageDispatched>(nameof(MessageDispatched.To))] = Personal.Number,
        [Name<MessageDoubted>(nameof(MessageDoubted.Evidence))] = Personal.Text,
        [Name<MessageDoubtResolved>(nameof(MessageDoubtResolved.Note))] = Personal.Text,
        [Name<MessageResendAuthorised>(nameof(MessageResendAuthorised.Note))] = Personal.Text,
        [Name<InboundMessageReceived>(nameof(InboundMessageReceived.Line))] = Personal.Number,
        [Name<InboundMessageReceived>(nameof(InboundMessageReceived.From))] = Personal.Number,
        [Name<InboundMessageReceived>(nameof(InboundMessageReceived.Text))] = Personal.Text,
        [Name<InboundMessageReceived>(nameof(InboundMessageReceived.Key))] = Personal.Code,
        [Name<InboundMessageReceived>(nameof(InboundMessageReceived.Raw))] = Personal.Code,
        [Name<ConsentEvent>(nameof(ConsentEvent.Remote))] = Personal.Number,
        [Name<ExportRequested>(nameof(ExportRequested.Number))] = Personal.Number,
        [Name<WebhookReplayRequested>(nameof(WebhookReplayRequested.Number))] = Personal.Number,
        [Name<ContentRead>(nameof(ContentRead.Narrowed))] = Personal.Text,
        [Name<ContentRead>(nameof(ContentRead.Purpose))] = Personal.Text,
        [Name<ExportRequested>(nameof(ExportRequested.Actor))] = Personal.Text,
        [Name<ExportRequested>(nameof(ExportRequested.Correlation))] = Personal.Text,
        [Name<ApiKeyCreated>(nameof(ApiKeyCreated.Name))] = Personal.Text,
        [Name<ApiKeyCreated>(nameof(ApiKeyCreated.Hash))] = Personal.Code,
        [Name<ApiKeyCreated>(nameof(ApiKeyCreated.Prefix))] = Personal.Code,
        [Name<DevicePaired>(nameof(DevicePaired.Name))] = Personal.Text,
        [Name<DevicePaired>(nameof(DevicePaired.PublicKey))] = Personal.Code,
        [Name<DeviceSim>(nameof(DeviceSim.Number))] = Personal.Number,
        [Name<SimChanged>(nameof(SimChanged.IccidLast4))] = Personal.Code,
        [Name<SimChanged>(nameof(SimChanged.Number))] = Personal.Number,
        [Name<DevicePaused>(nameof(DevicePaused.Reason))] = Personal.Text,
        [Name<ReportUnmatched>(nameof(ReportUnmatched.To))] = Personal.Number,
        [Name<ReportUnmatched>(nameof(ReportUnmatched.Raw))] = Personal.Code,
        [Name<ReaderPaused>(nameof(ReaderPaused.Reason))] = Personal.Text,
        [Name<EventSkipped>(nameof(EventSkipped.Reason))] = Personal.Text,
        [Name<RebuildFailed>(nameof(RebuildFailed.Reason))] = Personal.Text,
        [Name<WebhookRegistered>(nameof(WebhookRegistered.Url))] = Personal.Url,
        [Name<WebhookRegistered>(nameof(WebhookRegistered.Description))] = Personal.Text,
    };

    /// <summary>Codes of ours, names of SIM slots, makes of devices, and ids.</summary>
    public static IReadOnlySet<string> Harmless { get; } =
        new HashSet<string>
        {
            Name<MessageQueued>(nameof(MessageQueued.Alphabet)),
            Name<MessageHeld>(nameof(MessageHeld.Reason)),
            Name<RoutingDecision>(nameof(RoutingDecision.Strategy)),
            Name<RoutingCandidate>(nameof(RoutingCandidate.Sim)),
            Name<RoutingRefusal>(nameof(RoutingRefusal.Reason)),
            Name<MessageDispatched>(nameof(MessageDispatched.Sim)),
            Name<MessageReturned>(nameof(MessageReturned.Reason)),
            Name<MessageReturned>(nameof(MessageReturned.Code)),
            Name<SegmentReported>(nameof(SegmentReported.Outcome)),
            Name<SegmentReported>(nameof(SegmentReported.Code)),
            Name<MessageUndelivered>(nameof(MessageUndelivered.Code)),
            Name<MessageFailed>(nameof(MessageFailed.Reason)),
            Name<MessageFailed>(nameof(MessageFailed.Code)),
            Name<MessageDoubted>(nameof(MessageDoubted.Reason)),
            Name<MessageDoubtResolved>(nameof(MessageDoubtResolved.How)),
            Name<MessageDoubtResolved>(nameof(MessageDoubtResolved.Evidence)),
            Name<InboundMessageReceived>(nameof(InboundMessageReceived.Sim)),
            Name<InboundMessageReceived>(nameof(InboundMessageReceived.FromType)),
            Name<InboundMessageMatched>(nameof(InboundMessageMatched.Rule)),
            Name<OptedOut>(nameof(OptedOut.Source)),
            Name<OptedOut>(nameof(OptedOut.Word)),
            Name<OptedIn>(nameof(OptedIn.Source)),
            Name<OptedIn>(nameof(OptedIn.Word)),
            Name<OrderRefused>(nameof(OrderRefused.Code)),
            Name<ContentRead>(nameof(ContentRead.What)),
            Name<ContentRead>(nameof(ContentRead.Subjects)),
            Name<ExportRequested>(nameof(ExportRequested.Format)),
            Name<ExportRequested>(nameof(ExportRequested.Types)),
            Name<ExportFinished>(nameof(ExportFinished.Sha256)),
            Name<ExportFinished>(nameof(ExportFinished.Product)),
            Name<ExportedType>(nameof(ExportedType.Type)),
            Name<ExportFailed>(nameof(ExportFailed.Reason)),
            Name<ApiKeyCreated>(nameof(ApiKeyCreated.Scopes)),
            Name<DevicePaired>(nameof(DevicePaired.Model)),
            Name<DeviceSim>(nameof(DeviceSim.Sim)),
            Name<DeviceSim>(nameof(DeviceSim.Operator)),
            Name<DeviceConnected>(nameof(DeviceConnected.Boot)),
            Name<DeviceConnected>(nameof(DeviceConnected.Agent)),
            Name<DeviceWentSilent>(nameof(DeviceWentSilent.Reason)),
            Name<SimChanged>(nameof(SimChanged.Sim)),
            Name<SimChanged>(nameof(SimChanged.State)),
            Name<DeviceQuarantined>(nameof(DeviceQuarantined.Reason)),
            Name<ReportUnmatched>(nameof(ReportUnmatched.Sim)),
            Name<DeviceHealthReported>(nameof(DeviceHealthReported.Power)),
            Name<DeviceHealthReported>(nameof(DeviceHealthReported.Link)),
            Name<DeviceHealthReported>(nameof(DeviceHealthReported.Problems)),
            Name<SimHealth>(nameof(SimHealth.Sim)),
            Name<SimHealth>(nameof(SimHealth.State)),
            Name<SimHealth>(nameof(SimHealth.Registration)),
            Name<SimHealth>(nameof(SimHealth.Operator)),
            Name<SimHealth>(nameof(SimHealth.Deductions)),
            Name<ReaderEvent>(nameof(ReaderEvent.Reader)),
            Name<RebuildRequested>(nameof(RebuildRequested.Views)),
            Name<RebuiltView>(nameof(RebuiltView.View)),
            Name<RebuiltView>(nameof(RebuiltView.Digest)),
            Name<RebuiltView>(nameof(RebuiltView.Examples)),
            Name<WebhookRegistered>(nameof(WebhookRegistered.Events)),
            Name<WebhookDisabled>(nameof(WebhookDisabled.Reason)),
            Name<WebhookAttempted>(nameof(WebhookAttempted.EventType)),
            Name<WebhookAttempted>(nameof(WebhookAttempted.Error)),
            Name<WebhookGivenUp>(nameof(WebhookGivenUp.Reason)),
            Name<WebhookReplayRequested>(nameof(WebhookReplayRequested.Events)),
            Name<WebhookReplayPaused>(nameof(WebhookReplayPaused.Reason)),
            Name<WebhookReplayStopped>(nameof(WebhookReplayStopped.Reason)),
            Name<FailedCall>(nameof(FailedCall.Error)),
        };

    /// <summary>How a member is replaced; null when it stays.</summary>
    public static Personal? Of(System.Reflection.PropertyInfo member) =>
        Replaced.TryGetValue(NameOf(member), out var how) ? how : null;

    /// <summary>Under which a member stands on these lists.</summary>
    public static string NameOf(System.Reflection.PropertyInfo member) =>
        $"{member.DeclaringType!.Name}.{member.Name}";

    private static string Name<T>(string member) => $"{typeof(T).Name}.{member}";
}
