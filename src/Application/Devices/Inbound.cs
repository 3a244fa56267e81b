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

    /// <summary>Who sent it, in E.164 form where it is a subscriber number; short codes and names stay as they are.</summary>
    /// <param name="region">Where a number without a country code belongs, ISO 3166-1 alpha-2.</param>
    public static string From(Fact fact, string region) =>
        fact.FromType != "alphanumeric" && Validation.TryReadNumber(fact.From, region, out var number)
            ? number.Value
            : fact.From ?? "";

    public static InboundMessageReceived Read(LiveDevice device, Fact fact, string region)
    {
        var sim = fact.Sim ?? "";
        var line = device.LineOf(sim);
        var from = From(fact, region);
        return new(
            Conversation.IdBetween(line, from),
            device.Id,
            sim,
            line,
            from,
            fact.FromType ?? "unknown",
            fact.Text ?? "",
            fact.Parts ?? 1,
            fact.K == FactKind.InboundPartial,
            KeyOf(device, fact),
            fact.CentreAt is { } sentAt ? Instant.FromUnixTimeMilliseconds(sentAt) : null,
            fact.Raw ?? fact.DataHex,
            Instant.FromUnixTimeMilliseconds(fact.At)
        );
    }

    private static string KeyOf(LiveDevice device, Fact fact) => fact.Key ?? $"{device.Epoch}/{fact.N}";
}
