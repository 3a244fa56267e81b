using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Client.Messages;

/// <summary>One text to one recipient.</summary>
/// <param name="To">E.164, or as dialled in the gateway's own country.</param>
/// <param name="Text">At most 10 segments: 1,530 characters of GSM 7-bit or 670 UTF-16 units.</param>
public sealed record SendMessage(string To, string Text)
{
    /// <summary>The line that must carry it; without one the gateway chooses.</summary>
    public string? From { get; init; }

    /// <summary>The device that must carry it; without one the gateway chooses.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Not before; at most 366 days ahead.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Seconds after which it isn't worth sending any more, 5 to 604,800; a day when left out.</summary>
    [JsonPropertyName("validFor")]
    public int? ValidForSeconds { get; init; }

    /// <summary>0 to 9, the higher goes first; 5 when left out.</summary>
    public int? Priority { get; init; }

    /// <summary>At most 10, each at most 64 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object of your own, at most 4,096 characters; given back as it is.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Whether to ask the network for a delivery report; true when left out.</summary>
    public bool? DeliveryReport { get; init; }
}

/// <summary>A text that the gateway took over; the same for every repetition of the request.</summary>
/// <param name="Status"><c>queued</c>, or <c>scheduled</c> when it has a time.</param>
/// <param name="Encoding"><c>gsm7</c> or <c>ucs2</c>.</param>
public sealed record AcceptedMessage(
    Guid Id,
    string Status,
    string To,
    string Encoding,
    int Segments,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? SendAt,
    DateTimeOffset ExpiresAt
);
