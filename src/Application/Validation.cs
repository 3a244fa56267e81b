using FluentValidation;
using Gateway.Domain.Telephony;
using PhoneNumbers;

namespace Gateway.Application;

/// <summary>Rules that several commands share, and the one way in which a number that a person typed becomes E.164.</summary>
public static class Validation
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>A possible number; without a country code it is read as one of <paramref name="region"/>.</summary>
    /// <param name="region">ISO 3166-1 alpha-2, such as <c>GB</c>.</param>
    public static bool TryReadNumber(string? text, string region, out Msisdn number)
    {
        number = default;
        if (Msisdn.TryParse(text, out number))
        {
            return true;
        }

        if (text is null or { Length: > 40 })
        {
            return false;
        }

        try
        {
            var parsed = Numbers.Parse(text, region);
            return Numbers.IsPossibleNumber(parsed)
                && Msisdn.TryParse(Numbers.Format(parsed, PhoneNumberFormat.E164), out number);
        }
        catch (NumberParseException)
        {
            // The library has no other way to say that a text is not a number.
            return false;
        }
    }

    /// <summary>A number that can be brought into E.164 form.</summary>
    public static IRuleBuilderOptions<T, string?> Number<T>(
        this IRuleBuilder<T, string?> rule,
        string region
    ) =>
        rule.Must(text => TryReadNumber(text, region, out _))
            .WithErrorCode("number-is-invalid")
            .WithMessage("'{PropertyName}' is not a telephone number; write it as +447700900123.");

    /// <summary>Text that can be stored and sent: whole characters, none of them NUL.</summary>
    public static IRuleBuilderOptions<T, string?> WholeCharacters<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(IsWhole)
            .WithErrorCode("text-is-not-unicode")
            .WithMessage("'{PropertyName}' holds half a surrogate pair or a NUL character.");

    private static bool IsWhole(string? text)
    {
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            if (text![i] == '\0' || char.IsLowSurrogate(text[i]))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && !(i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
