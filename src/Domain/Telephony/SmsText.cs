namespace Gateway.Domain.Telephony;

/// <summary>How a text's characters are coded (3GPP TS 23.038).</summary>
public enum SmsAlphabet
{
    /// <summary>GSM 7-bit: the default alphabet with its extension table.</summary>
    Gsm7,

    /// <summary>UCS-2, in practice UTF-16: whatever GSM 7-bit lacks.</summary>
    Ucs2,
}

/// <summary>A text as the network will carry it.</summary>
/// <param name="Units">
/// Septets in GSM 7-bit, where a character of the extension table counts twice; UTF-16 code units in UCS-2.
/// </param>
/// <param name="Segments">
/// 1 up to 160 septets or 70 code units, 1 also for the empty text. Beyond that at most 153 or 67 fit in each, as
/// every segment gives up 6 octets to the concatenation header (3GPP TS 23.040, 9.2.3.24.1; alphabets: 3GPP TS 23.038).
/// </param>
public sealed record SmsText(string Text, SmsAlphabet Alphabet, int Units, int Segments)
{
    /// <summary>Chooses the alphabet: GSM 7-bit when it has every character, else UCS-2. Nothing is transliterated.</summary>
    public static SmsText Of(string text) =>
        GsmAlphabet.Default.TryCount(text, out var septets)
            ? new(text, SmsAlphabet.Gsm7, septets, SegmentWidth.Gsm7.Count(text, septets))
            : new(text, SmsAlphabet.Ucs2, text.Length, SegmentWidth.Ucs2.Count(text, text.Length));

    /// <summary>
    /// The text of each segment, in order. An extension pair or a surrogate pair is never split: the segment is
    /// then one unit shorter.
    /// </summary>
    /// <param name="wideReference">
    /// A 16-bit concatenation reference (3GPP TS 23.040, 9.2.3.24.8) takes one octet more: 152 septets or 66 code units.
    /// </param>
    public IReadOnlyList<string> Parts(bool wideReference = false) =>
        (Alphabet, wideReference) switch
        {
            (SmsAlphabet.Gsm7, false) => SegmentWidth.Gsm7.Cut(Text, Units),
            (SmsAlphabet.Gsm7, true) => SegmentWidth.Gsm7Wide.Cut(Text, Units),
            (_, false) => SegmentWidth.Ucs2.Cut(Text, Units),
            _ => SegmentWidth.Ucs2Wide.Cut(Text, Units),
        };
}
