using Gateway.Domain.Access;
using Gateway.Domain.Audit;
using Gateway.Domain.Consent;
using Gateway.Domain.Conversations;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Domain.Rebuilds;
using Gateway.Domain.Replays;
using Gateway.Domain.Telephony;
using Gateway.Domain.Webhooks;
using NodaTime;

namespace Gateway.Specs.Events;

/// <summary>What each stored sample in <c>tests/Scenarios/EventSamples</c> must be read as. Add to it; change nothing.</summary>
internal static class EventSamples
{
    private const string Line = "+447700900001";
    private const string Remote = "+447700900123";
    private static readonly Guid Device = new("01920000-0000-7000-8000-0000000000a1");
    private static readonly Guid Message = new("01920000-0000-7000-8000-000000000001");
    private static readonly Guid Inbound = new("01920000-0000-7000-8000-0000000000c1");
    private static readonly Guid Thread = new("01920000-0000-5000-8000-0000000000d1");
    private static readonly Msisdn Alice = Msisdn.Parse(Remote);
    private static readonly Instant At = Instant.FromUtc(2026, 1, 1, 12, 0).PlusTicks(1_234_560);
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Instant Tomorrow = Instant.FromUtc(2026, 1, 2, 12, 0);
    private static readonly DeviceSim Sim = new("sim1", Line, "Fictional Mobile");
    private static readonly RoutingDecision Routing = new(
        "least_loaded",
        3,
        [new(Device, "sim1", 90, 1)],
        [new("paused", 2)]
    );

    public static IReadOnlyList<object> All { get; } =
    [.. OfMessages, .. OfInbound, .. OfDevices, .. OfWebhooks, .. OfExports, .. OfOthers];

    private static object[] OfMessages =>
        [
            new MessageQueued(
                Alice,
                "Hello 👋",
                Msisdn.Parse(Line),
                Device,
                Thread,
                Noon,
                Tomorrow,
                5,
                ["greeting", "first"],
                """{"order":7}""",
                true,
                "ucs2",
                1,
                At
            ),
            new MessageHeld(1, "no_device_online", Routing, At),
            new MessageReleased(1, At),
            new MessageDispatched(1, Device, "sim1", Line, Alice, Thread, 60_000, Routing, At),
            new MessageReturned(1, Device, "declined", "busy", At),
            new MessageClaimed(1, Device, Thread, At),
            new SegmentReported(1, Device, 1, 2, "accepted", 41, "00", At),
            new MessageSent(1, Device, 2, At),
            new MessageDelivered(1, Device, At),
            new MessageUndelivered(1, Device, "40", true, At),
            new MessageFailed(1, Device, "refused", "38", 1, At),
            new MessageDoubted(1, Device, "device_unsure", "written", At),
            new MessageDoubtResolved(1, "sent", "device_report", At, "on the bill"),
            new MessageResendAuthorised(1, "the recipient asked", At),
            new MessageExpired(At),
            new MessageCancelRequested(At),
            new MessageCancelled(At),
            new MessageReplied(Inbound, Thread, At),
        ];

    private static object[] OfInbound =>
        [
            new InboundMessageReceived(
                Thread,
                Device,
                "sim1",
                Line,
                Remote,
                "international",
                "Hi",
                2,
                true,
                "sim1/1767268800/1",
                Noon,
                "07914477",
                At
            ),
            new InboundMessageMatched(Thread, Message, "latest_in_conversation", At),
        ];

    private static object[] OfDevices =>
        [
            new DevicePaired("Shelf 1", "Fictional Phone 3", "TUZrd0V3WUg=", 2, [Sim], At),
            new PairingCodeUsed(Device, At),
            new DeviceConnected("boot-1", "1.0.0", [Sim with { Number = null }], At),
            new DeviceWentSilent("no_pong", At),
            new SimChanged("sim1", "ready", "1234", Line, At),
            new DevicePaused("battery", At),
            new DeviceResumed(At),
            new DeviceQuarantined("journal_went_back", At),
            new DeviceRetired(At),
            new ReportUnmatched("sim1", 41, 64, Remote, "06290C91", At),
            new DeviceHealthReported(
                Device,
                80,
                "usb",
                315,
                "wifi",
                [new("sim1", "ready", "home", "Fictional Mobile", -85, 1, 30, 90, ["battery_falling -10"])],
                ["clock_jumped"],
                90,
                At
            ),
        ];

    private static object[] OfWebhooks =>
        [
            new WebhookRegistered("https://example.com/hook", ["message.*"], "Shop", At),
            new WebhookTestRequested(At),
            new WebhookDisabled("gone", At),
            new WebhookRemoved(At),
            new WebhookAttempted(Device, Message, "message.sent", 2, 503, "unavailable", 120, Tomorrow, At),
            new WebhookDelivered(Device, Message, 3, At),
            new WebhookGivenUp(Device, Message, "tries_exhausted", 10, At),
            new WebhookReplayRequested(
                Device,
                7,
                900,
                ["message.sent", "message.delivered"],
                Alice,
                Device,
                Message,
                10,
                42,
                At
            ),
            new WebhookReplayAdvanced(Device, 400, 20, 2, At),
            new WebhookReplayPaused(Device, "attempts_used_up", new(Inbound, 401, 503, "unavailable"), At),
            new WebhookReplayResumed(Device, At),
            new WebhookReplayStopped(Device, "removed", At),
            new WebhookReplayFinished(Device, 42, 2, At),
        ];

    private static object[] OfExports =>
        [
            new ExportRequested(
                "jsonl",
                ["message_sent"],
                "system:router",
                Message,
                "4bf92f3577b34da6a3ce929d0e0e4736",
                Remote,
                Device,
                Noon,
                Tomorrow,
                7,
                9,
                At
            ),
            new ExportFinished(
                1,
                [new("message_sent", 1)],
                new(8, Noon),
                new(8, Noon),
                512,
                new string('a', 64),
                "gateway 0.1.0",
                At
            ),
            new ExportFailed("disk_is_full", At),
            new ExportCancelled(At),
            new ExportRemoved(At),
            new ExportExpired(At),
        ];

    private static object[] OfOthers =>
        [
            new ReaderPaused("Views", "migration", At),
            new ReaderResumed("Views", At),
            new EventSkipped("Views", 900, "a test of 2025", At),
            new RebuildRequested(["Messages"], At),
            new RebuildFinished([new("Messages", 900, 180, "00ff", 1, [$"default {Message}"])], 1200, At),
            new RebuildFailed("No space left on device", At),
            new RebuildCancelled(At),
            new ContentRead("entries", [Thread.ToString()], "message_sent", 7, 9, "complaint 12", At),
            new OptedOut(Remote, "inbound", "STOP", Inbound, At),
            new OptedIn(Remote, "inbound", "START", Inbound, At),
            new OrderRefused(Remote, "recipient-has-opted-out", Message, At),
            new ConversationRead(Thread, 4711, At),
            new ApiKeyCreated("Shop", new string('a', 64), "gk_Abcdefg", ["messages:send"], Tomorrow, At),
            new ApiKeyRevoked(At),
        ];
}
