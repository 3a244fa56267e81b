namespace Gateway.Domain.Telephony;

/// <summary>How much of a text one segment holds (3GPP TS 23.040, 9.2.3.24: 140 octets less the header).</summary>
/// <param name="Alone">Units of a text that needs no other segment.</param>
/// <param name="Each">Units of each segment of a longer text.</param>
/// <param name="Alphabet">Whose septets are counted; null counts UTF-16 code units.</param>
public sealed record SegmentWidth(int Alone, int Each, GsmAlphabet? Alphabet)
{
    /// <summary>Octets of user data in one segment.</summary>
    public const int Octets = 140;

    /// <summary>GSM 7-bit with an 8-bit reference: 160 and 153 septets.</summary>
    public static SegmentWidth Gsm7 { get; } = OfSeptets(GsmAlphabet.Default, 0, 6);

    /// <summary>GSM 7-bit with a 16-bit reference: 160 and 152 septets.</summary>
    public static SegmentWidth Gsm7Wide { get; } = OfSeptets(GsmAlphabet.Default, 0, 7);

    /// <summary>UCS-2 with an 8-bit reference: 70 and 67 code units.</summary>
    public static SegmentWidth Ucs2 { get; } = OfCodeUnits(0, 6);

    /// <summary>UCS-2 with a 16-bit reference: 70 and 66 code units.</summary>
    public static SegmentWidth Ucs2Wide { get; } = OfCodeUnits(0, 7);

    /// <summary>What is left for septets beside headers of these sizes, in octets with their length octet.</summary>
    public static SegmentWidth OfSeptets(GsmAlphabet alphabet, int headerAlone, int headerEach) =>
        new((Octets - headerAlone) * 8 / 7, (Octets - headerEach) * 8 / 7, alphabet);

    /// <summary>As <see cref="OfSeptets"/>, in UTF-16 code units.</summary>
    public static SegmentWidth OfCodeUnits(int headerAlone, int headerEach) =>
        new((Octets - headerAlone) / 2, (Octets - headerEach) / 2, null);

    /// <summary>How many segments a text of so many units takes.</summary>
    public int Count(ReadOnlySpan<char> text, int units)
    {
        if (units <= Alone)
        {
            return 1;
        }

        // Without pairs every segment but the last is full.
        if (Alphabet is not null && units == text.Length)
        {
            return (units + Each - 1) / Each;
        }

        var count = 0;
        for (var start = 0; start < text.Length; start = End(text, start))
        {
            count++;
        }

        return count;
    }

    /// <summary>The segments' texts, in order.</summary>
    public IReadOnlyList<string> Cut(string text, int units)
    {
        if (units <= Alone)
        {
            return [text];
        }

        var parts = new List<string>(units / Each + 1);
        for (var start = 0; start < text.Length; )
        {
            var end = End(text, start);
            parts.Add(text[start..end]);
            start = end;
        }

        return parts;
    }

    /// <summary>Where the segment that begins at <paramref name="start"/> ends.</summary>
    private int End(ReadOnlySpan<char> text, int start)
    {
        if (Alphabet is null)
        {
            var end = Math.Min(text.Length, start + Each);
            return end < text.Length && char.IsSurrogatePair(text[end - 1], text[end]) ? end - 1 : end;
        }

        var at = start;
        for (var room = Each; at < text.Length; at++)
        {
            room -= Alphabet.SeptetsOf(text[at]);
            if (room < 0)
            {
                break;
            }
        }

        return at;
    }
}
