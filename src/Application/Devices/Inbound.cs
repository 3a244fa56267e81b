using Gateway.DeviceProtocol;
using Gateway.Domain.Conversations;
using Gateway.Domain.Messages;
using NodaTime;

namespace Gateway.Application.Devices;

/// <summary>Reads the facts that carry a text from outside.</summary>
internal static class Inbound
{
    public static bool IsInbound(Fact fact) =>
        fact.K is FactKind.Inbound or FactKind.InboundPartial or FactKind.Undecodable;

    /// <summary>The stream of the text; a device without a key of its own for it is known by the fact's number.</summary>
    public static Guid IdOf(LiveDevice device, Fact fact) =>
        InboundMessage.IdOf(device.Id, KeyOf(device, fact));

    public static InboundMessageReceived Read(LiveDevice device, Fact fact)
    {
        var sim = fact.Sim ?? "";
        var line = device.LineOf(sim);
        var from = Storable(fact.From);
        return new(
            Conversation.IdBetween(line, from),
            device.Id,
            sim,
            line,
            from,
            fact.FromType ?? "unknown",
            Storable(fact.Text),
            fact.Parts ?? 1,
            fact.K == FactKind.InboundPartial,
            KeyOf(device, fact),
            fact.CentreAt is { } sentAt ? Instant.FromUnixTimeMilliseconds(sentAt) : null,
            fact.Raw ?? fact.DataHex,
            Instant.FromUnixTimeMilliseconds(fact.At)
        );
    }

    /// <summary>PostgreSQL's JSON has no NUL; networks do. The PDU beside it keeps what came.</summary>
    private static string Storable(string? text) => (text ?? "").Replace('\0', '\uFFFD');

    private static string KeyOf(LiveDevice device, Fact fact) => fact.Key ?? $"{device.Epoch}/{fact.N}";
}
