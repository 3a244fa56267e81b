using System.Text.Json;
using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Conversations;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Bench.History;

/// <summary>One event to be stored.</summary>
/// <param name="Data">The event's record; its name in the store is that of its type, in snake case.</param>
internal sealed record Stored(
    Guid Stream,
    string Kind,
    int Version,
    object Data,
    Instant At,
    string Actor,
    string Correlation
);

/// <summary>
/// The lives of messages as a busy gateway has them, always the same for the same number: 50 a second, on 200 lines, to ten
/// times as many people as there are hundreds of messages; one in ten is answered.
/// </summary>
internal static class Life
{
    public const int Lines = 200;
    private const int PerSecond = 50;
    public static readonly Instant Beginning = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly Guid[] Devices =
    [
        .. Enumerable.Range(0, Lines).Select(i => DerivedId.Of("bench-device", $"{i}")),
    ];
    private static readonly RoutingDecision[] Decisions =
    [
        .. Devices.Select(device => new RoutingDecision(
            "least_loaded",
            Lines,
            [new(device, "sim1", 90, 1)],
            []
        )),
    ];

    /// <summary>Milliseconds of the year before which message <paramref name="i"/> has no event.</summary>
    public static long Begins(long i) => i * 1000 / PerSecond;

    /// <summary>The number that message <paramref name="i"/> goes to; each gets about ten.</summary>
    public static string RemoteOf(long i, long messages) =>
        $"+4477{(i * 7919) % Math.Max(1, messages / 10):D8}";

    public static string LineOf(int line) => $"+4479{line:D8}";

    public static Guid IdOf(long i) =>
        At(Beginning.ToUnixTimeMilliseconds() + Begins(i), $"bench-message-{i}");

    /// <summary>All events of message <paramref name="i"/>, each with the time it is stored at.</summary>
    public static IEnumerable<Stored> Of(long i, long messages)
    {
        var began = Beginning + Duration.FromMilliseconds(Begins(i));
        var line = (int)(i % Lines);
        var (device, number, remote) = (Devices[line], LineOf(line), RemoteOf(i, messages));
        var thread = Conversation.IdBetween(number, remote);
        var (id, correlation) = (IdOf(i), $"{i:x32}");
        var to = Msisdn.Parse(remote);
        Instant Later(int ms) => began + Duration.FromMilliseconds(ms);
        Stored Message(int version, object data, int ms, string actor) =>
            new(id, "message", version, data, Later(ms), actor, correlation);

        yield return Message(
            1,
            new MessageQueued(
                to,
                $"Your parcel {i} comes between two and four.",
                null,
                null,
                null,
                null,
                began + Duration.FromDays(1),
                5,
                [],
                null,
                true,
                "gsm7",
                1,
                began
            ),
            0,
            "key:0191f0a2-7d9c-7a11-8f00-000000000001"
        );
        yield return Message(
            2,
            new MessageDispatched(1, device, "sim1", number, to, thread, 60_000, Decisions[line], Later(5)),
            5,
            "system:router"
        );
        yield return Message(3, new MessageClaimed(1, device, thread, Later(20)), 20, $"device:{device}");
        yield return Message(4, new MessageSent(1, device, 1, Later(1500)), 1500, $"device:{device}");
        yield return Message(5, new MessageDelivered(1, device, Later(4000)), 4000, $"device:{device}");
        if (i % 10 != 0)
        {
            yield break;
        }

        var inbound = At(Beginning.ToUnixTimeMilliseconds() + Begins(i) + 30_000, $"bench-inbound-{i}");
        yield return new(
            inbound,
            "inbound_message",
            1,
            new InboundMessageReceived(
                thread,
                device,
                "sim1",
                number,
                remote,
                "international",
                "Thank you",
                1,
                false,
                $"k{i}",
                null,
                null,
                Later(30_000)
            ),
            Later(30_000),
            $"device:{device}",
            correlation
        );
        yield return new(
            inbound,
            "inbound_message",
            2,
            new InboundMessageMatched(thread, id, "latest_in_conversation", Later(30_010)),
            Later(30_010),
            "system:matching",
            correlation
        );
        yield return Message(
            6,
            new MessageReplied(inbound, thread, Later(30_020)),
            30_020,
            "system:matching"
        );
    }

    /// <summary>Sorts like the ids that the gateway makes, by time.</summary>
    private static Guid At(long milliseconds, string name)
    {
        var bytes = DerivedId.Of(name).ToByteArray(bigEndian: true);
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(milliseconds >> (8 * (5 - i)));
        }

        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        return new(bytes, bigEndian: true);
    }
}
