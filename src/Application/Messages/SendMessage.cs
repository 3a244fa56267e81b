using System.Text.Json;
using FluentValidation;
using Gateway.Domain.Conversations;
using Gateway.Domain.Messages;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Application.Messages;

/// <summary>Send one text to one recipient.</summary>
/// <param name="To">The recipient; E.164, or as dialled in the tenant's own country.</param>
/// <param name="Text">At most 10 segments: 1,530 characters of GSM 7-bit or 670 UTF-16 units.</param>
/// <param name="From">Our line that must carry it; without one the gateway chooses.</param>
/// <param name="DeviceId">The device that must carry it; without one the gateway chooses.</param>
/// <param name="SendAt">Not before; at most 366 days ahead. Without it, now.</param>
/// <param name="ValidFor">Seconds after which it isn't worth sending any more, 5 to 604,800; 86,400 when left out.</param>
/// <param name="Priority">0 to 9, the higher goes first; 5 when left out.</param>
/// <param name="Tags">At most 10, each at most 64 characters.</param>
/// <param name="Metadata">A JSON object of your own, at most 4,096 characters; kept and given back as it is.</param>
/// <param name="DeliveryReport">Whether to ask the network for one; true when left out.</param>
public sealed record SendMessage(
    string? To,
    string? Text,
    string? From = null,
    Guid? DeviceId = null,
    Instant? SendAt = null,
    int? ValidFor = null,
    int? Priority = null,
    IReadOnlyList<string>? Tags = null,
    JsonElement? Metadata = null,
    bool? DeliveryReport = null
)
{
    private const int DefaultValidity = 86_400;
    private const int DefaultPriority = 5;

    /// <summary>The order as it will be stored; the command must have passed its validator.</summary>
    /// <param name="region">Where a number without a country code belongs, ISO 3166-1 alpha-2.</param>
    public MessageQueued ToOrder(string region, Instant now)
    {
        Validation.TryReadNumber(To, region, out var to);
        Msisdn? from = Validation.TryReadNumber(From, region, out var line) ? line : null;
        var text = SmsText.Of(Text!);
        var start = SendAt is { } at && at > now ? at : now;
        return new MessageQueued(
            to,
            Text!,
            from,
            DeviceId,
            from is { } known ? Conversation.IdBetween(known.Value, to.Value) : null,
            start > now ? start : null,
            start + Duration.FromSeconds(ValidFor ?? DefaultValidity),
            Priority ?? DefaultPriority,
            Tags ?? [],
            Metadata is { ValueKind: JsonValueKind.Object } metadata ? metadata.GetRawText() : null,
            DeliveryReport ?? true,
            text.Alphabet == SmsAlphabet.Gsm7 ? "gsm7" : "ucs2",
            text.Segments,
            now
        );
    }

    /// <summary>What is wrong with the form of it, field by field.</summary>
    public sealed class Validator : AbstractValidator<SendMessage>
    {
        public Validator(SendingRules rules, IClock clock)
        {
            RuleFor(c => c.To).NotEmpty().Number(rules.Region);
            RuleFor(c => c.Text).NotEmpty().WholeCharacters();
            RuleFor(c => c.From).Number(rules.Region).When(c => c.From is not null);
            RuleFor(c => c.SendAt)
                .Must(at => at <= clock.GetCurrentInstant() + Duration.FromDays(366))
                .WithMessage("'{PropertyName}' is more than 366 days ahead.")
                .When(c => c.SendAt is not null);
            RuleFor(c => c.ValidFor).InclusiveBetween(5, 604_800);
            RuleFor(c => c.Priority).InclusiveBetween(0, 9);
            RuleFor(c => c.Tags)
                .Must(tags => tags!.Count <= 10)
                .WithMessage("At most 10 tags.")
                .When(c => c.Tags is not null);
            RuleForEach(c => c.Tags).NotEmpty().MaximumLength(64).WholeCharacters();
            RuleFor(c => c.Metadata)
                .Must(m => m!.Value is { ValueKind: JsonValueKind.Object } o && o.GetRawText().Length <= 4096)
                .WithMessage("'{PropertyName}' must be a JSON object of at most 4,096 characters.")
                .When(c => c.Metadata is { ValueKind: not JsonValueKind.Null });
        }
    }
}

/// <summary>What holds for all sending of a tenant.</summary>
/// <param name="Region">Where a number without a country code belongs, ISO 3166-1 alpha-2.</param>
/// <param name="MostSegments">Longer texts are refused.</param>
public sealed record SendingRules(string Region, int MostSegments);
