using Gateway.Application.Access;
using Gateway.Application.Audit;
using Gateway.Application.Consent;
using Gateway.Application.Conversations;
using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.Application.Replays;
using Gateway.Application.Webhooks;
using Gateway.Domain.Access;
using Gateway.Domain.Audit;
using Gateway.Domain.Consent;
using Gateway.Domain.Conversations;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Domain.Rebuilds;
using Gateway.Domain.Replays;
using Gateway.Domain.Webhooks;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;
using Weasel.Core;

namespace Gateway.Application;

/// <summary>Hands Marten each stream's fold and its stored event names, so the domain needs no Marten.</summary>
public static class Streams
{
    /// <summary>Names are for ever: a stored event is found by its name, whatever its type is called by then.</summary>
    public static void AddStreams(this StoreOptions store)
    {
        store.Name<MessageQueued>("message_queued");
        store.Name<MessageHeld>("message_held");
        store.Name<MessageReleased>("message_released");
        store.Name<MessageDispatched>("message_dispatched");
        store.Name<MessageReturned>("message_returned");
        store.Name<MessageClaimed>("message_claimed");
        store.Name<SegmentReported>("segment_reported");
        store.Name<MessageSent>("message_sent");
        store.Name<MessageDelivered>("message_delivered");
        store.Name<MessageUndelivered>("message_undelivered");
        store.Name<MessageFailed>("message_failed");
        store.Name<MessageDoubted>("message_doubted_v2");
        store.Name<MessageDoubtResolved>("message_doubt_resolved");
        store.Name<MessageResendAuthorised>("message_resend_authorised");
        store.Name<MessageExpired>("message_expired");
        store.Name<MessageCancelRequested>("message_cancel_requested");
        store.Name<MessageCancelled>("message_cancelled");
        store.Name<MessageReplied>("message_replied");

        store.Name<InboundMessageReceived>("inbound_message_received");
        store.Name<InboundMessageMatched>("inbound_message_matched");

        store.Name<OptedOut>("opted_out");
        store.Name<OptedIn>("opted_in");
        store.Name<OrderRefused>("order_refused");
        store.Name<ConversationRead>("conversation_read");

        store.Name<ContentRead>("content_read");

        store.Name<ReaderPaused>("reader_paused");
        store.Name<ReaderResumed>("reader_resumed");
        store.Name<EventSkipped>("event_skipped");
        store.Name<RebuildRequested>("rebuild_requested");
        store.Name<RebuildFinished>("rebuild_finished");
        store.Name<RebuildFailed>("rebuild_failed");
        store.Name<RebuildCancelled>("rebuild_cancelled");

        store.Name<ExportRequested>("export_requested");
        store.Name<ExportFinished>("export_finished");
        store.Name<ExportFailed>("export_failed");
        store.Name<ExportCancelled>("export_cancelled");
        store.Name<ExportRemoved>("export_removed");
        store.Name<ExportExpired>("export_expired");

        store.Name<ApiKeyCreated>("api_key_created");
        store.Name<ApiKeyRevoked>("api_key_revoked");

        store.Name<DevicePaired>("device_paired");
        store.Name<PairingCodeUsed>("pairing_code_used");
        store.Name<DeviceConnected>("device_connected");
        store.Name<DeviceWentSilent>("device_went_silent");
        store.Name<SimChanged>("sim_changed");
        store.Name<DevicePaused>("device_paused");
        store.Name<DeviceResumed>("device_resumed");
        store.Name<DeviceQuarantined>("device_quarantined");
        store.Name<DeviceRetired>("device_retired");
        store.Name<ReportUnmatched>("report_unmatched");
        store.Name<DeviceHealthReported>("device_health_reported");

        store.Name<WebhookRegistered>("webhook_registered");
        store.Name<WebhookTestRequested>("webhook_test_requested");
        store.Name<WebhookDisabled>("webhook_disabled");
        store.Name<WebhookRemoved>("webhook_removed");
        store.Name<WebhookAttempted>("webhook_attempted");
        store.Name<WebhookDelivered>("webhook_delivered");
        store.Name<WebhookGivenUp>("webhook_given_up");
        store.Name<WebhookReplayRequested>("webhook_replay_requested");
        store.Name<WebhookReplayAdvanced>("webhook_replay_advanced");
        store.Name<WebhookReplayPaused>("webhook_replay_paused");
        store.Name<WebhookReplayResumed>("webhook_replay_resumed");
        store.Name<WebhookReplayStopped>("webhook_replay_stopped");
        store.Name<WebhookReplayFinished>("webhook_replay_finished");

        store.AddEarlierForms();

        store.Fold<Message>(Message.Evolve);
        store.Fold<InboundMessage>(InboundMessage.Evolve);
        store.Projections.Add(new ConsentProjection(), ProjectionLifecycle.Inline);
        store.Fold<Device>(Device.Evolve);
        store.Projections.Add(new DeviceRosterProjection(), ProjectionLifecycle.Inline);

        store.Fold<ApiKey>(ApiKey.Evolve);
        store.Projections.Add(new ApiKeyEntryProjection(), ProjectionLifecycle.Inline);
        store.Schema.For<ApiKeyEntry>().Index(entry => entry.Hash);
        store.Schema.For<OutboundWork>().Duplicate(work => work.WakeAt).Index(work => work.Stage);
        store.Schema.For<OutboundWork>().Duplicate(work => work.Device);
        store.Schema.For<KnownThread>().Index(thread => thread.Remote);

        store.Fold<Webhook>(Webhook.Evolve);
        store.Fold<WebhookDelivery>(WebhookDelivery.Evolve);
        store.Projections.Add(new WebhookEndpointProjection(), ProjectionLifecycle.Inline);
        store.Schema.For<WebhookSecret>();
        store.Fold<WebhookReplay>(WebhookReplay.Evolve);
        store.Projections.Add(new WebhookReplayEntryProjection(), ProjectionLifecycle.Inline);
        store.Schema.For<WebhookReplayEntry>().Index(entry => entry.WebhookId);

        store.Fold<Export>(Export.Evolve);
        store.Projections.Add(new OpenExportProjection(), ProjectionLifecycle.Inline);
    }

    /// <summary>How everything is written in the store; part of what events are for ever.</summary>
    public static void UseStoredJson(this StoreOptions store) =>
        store.UseSystemTextJsonForSerialization(
            EnumStorage.AsString,
            Casing.CamelCase,
            json => json.AddDomainValues().IgnoreReadOnlyProperties = true
        );

    /// <summary>The views that decisions look things up in; async, because they only say where to look.</summary>
    public static void AddLookUps(this CompositeProjection views)
    {
        views.Add(new OutboundWorkProjection());
        views.Add(new KnownThreadProjection());
    }

    /// <summary>Fixes the stored name of an event.</summary>
    public static void Name<T>(this StoreOptions store, string name)
        where T : class => store.Events.MapEventType<T>(name);

    /// <summary>A stream that is folded whenever it is read.</summary>
    public static void Fold<T>(this StoreOptions store, Func<T?, Guid, object, T?> evolve)
        where T : class => store.Projections.Add(new DomainFold<T>(evolve), ProjectionLifecycle.Live);

    private sealed class DomainFold<T> : SingleStreamProjection<T, Guid>
        where T : class
    {
        private readonly Func<T?, Guid, object, T?> evolve;

        public DomainFold(Func<T?, Guid, object, T?> evolve)
        {
            this.evolve = evolve;
            Name = typeof(T).Name;
        }

        public override T? Evolve(T? snapshot, Guid id, IEvent e) => evolve(snapshot, id, e.Data);
    }
}
