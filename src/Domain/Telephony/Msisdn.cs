namespace Gateway.Domain.Telephony;

/// <summary>A subscriber number in E.164 form: <c>+</c> and 7 to 15 digits (ITU-T E.164).</summary>
/// <remarks>Written out it is masked (<c>+447…23</c>); the whole number is <see cref="Value"/>, for the wire and the store only.</remarks>
public readonly record struct Msisdn
{
    private const int LeastDigits = 7;
    private const int MostDigits = 15;

    private readonly string? value;

    private Msisdn(string value) => this.value = value;

    /// <summary>The whole number, such as <c>+447700900123</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a number that is already in E.164 form.</summary>
    /// <exception cref="FormatException">It isn't.</exception>
    public static Msisdn Parse(string text) =>
        TryParse(text, out var number)
            ? number
            : throw new FormatException("The number is not in E.164 form.");

    /// <summary>As <see cref="Parse"/>, but says no instead of throwing.</summary>
    public static bool TryParse(string? text, out Msisdn number)
    {
        var isE164 =
            text is ['+', not '0', ..]
            && text.Length is > LeastDigits and <= MostDigits + 1
            && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        number = isE164 ? new(text!) : default;
        return isE164;
    }

    /// <summary>The masked form, safe for logs and problem documents.</summary>
    public override string ToString() => Value.Length > 6 ? $"{Value[..4]}…{Value[^2..]}" : "+…";
}
