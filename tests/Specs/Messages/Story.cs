using Gateway.Domain.Conversations;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Specs.Messages;

/// <summary>The facts of one invented message, by name.</summary>
internal static class Story
{
    public const string Line = "+447700900001";
    public const string Sim = "sim1";

    public static readonly Guid MessageId = new("01920000-0000-7000-8000-000000000001");
    public static readonly Guid Phone = new("01920000-0000-7000-8000-0000000000a1");
    public static readonly Guid OtherPhone = new("01920000-0000-7000-8000-0000000000a2");
    public static readonly Guid Answer = new("01920000-0000-7000-8000-0000000000c1");
    public static readonly Msisdn Alice = Msisdn.Parse("+447700900123");
    public static readonly Guid WithAlice = Conversation.IdBetween(Line, Alice.Value);

    public static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    public static readonly Instant Soon = Noon + Duration.FromSeconds(10);
    public static readonly Instant Evening = Noon + Duration.FromHours(6);
    public static readonly Instant Tomorrow = Noon + Duration.FromDays(1);
    public static readonly Duration Lease = Duration.FromSeconds(60);

    public static readonly RoutingDecision Routing = new("least_loaded", 1, [new(Phone, Sim, 100, 0)], []);
    public static readonly RoutingDecision NoRouting = new("least_loaded", 0, [], []);

    public static readonly MessageQueued Queued = new(
        Alice,
        "Hello",
        null,
        null,
        null,
        null,
        Tomorrow,
        5,
        ["greeting"],
        null,
        true,
        "gsm7",
        1,
        Noon
    );

    public static readonly MessageQueued QueuedLong = Queued with
    {
        Text = new string('a', 200),
        Segments = 2,
    };
    public static readonly MessageQueued Scheduled = Queued with
    {
        SendAt = Evening,
        ExpiresAt = Evening + Duration.FromDays(1),
    };

    public static readonly MessageHeld Held = new(1, MessageReasons.NoDeviceOnline, NoRouting, Noon);
    public static readonly MessageReleased Released = new(1, Soon);
    public static readonly MessageDispatched Dispatched = DispatchedUnder(1, Phone);
    public static readonly MessageClaimed Claimed = ClaimedUnder(1, Phone);
    public static readonly MessageSent Sent = new(1, Phone, 1, Soon);
    public static readonly MessageDelivered Delivered = new(1, Phone, Soon);
    public static readonly MessageUndelivered Undelivered = new(1, Phone, "40", false, Soon);
    public static readonly MessageFailed Refused = new(1, Phone, MessageReasons.Refused, "38", 0, Soon);
    public static readonly MessageDoubted Doubted = new(
        1,
        Phone,
        MessageReasons.DeviceUnsure,
        "written",
        Soon
    );
    public static readonly MessageExpired Expired = new(Tomorrow);
    public static readonly MessageCancelled Cancelled = new(Soon);
    public static readonly MessageReturned Lapsed = ReturnedUnder(1, Phone, MessageReasons.LeaseLapsed);

    public static RoutingChoice Choice => new(Phone, Sim, Line, WithAlice, Routing);

    public static MessageDispatched DispatchedUnder(int fence, Guid device) =>
        new(fence, device, Sim, Line, Alice, WithAlice, 60_000, Routing, Noon);

    public static MessageClaimed ClaimedUnder(int fence, Guid device) => new(fence, device, WithAlice, Noon);

    public static MessageReturned ReturnedUnder(int fence, Guid device, string reason) =>
        new(fence, device, reason, null, Soon);

    public static SegmentReported Segment(int segment, string outcome, int? reference, string? code = null) =>
        new(1, Phone, segment, 2, outcome, reference, code, Soon);

    public static Given<Message> Given(params object[] history) => new(Message.Evolve, history);

    public static Message Known(params object[] history) => Given(history).State!;
}
