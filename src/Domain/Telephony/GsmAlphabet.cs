using System.Collections.Frozen;

namespace Gateway.Domain.Telephony;

/// <summary>
/// A GSM 7-bit alphabet: a table of 128 characters and a table reached through the escape septet
/// (3GPP TS 23.038, 6.2.1). <see cref="Default"/> is what every handset has.
/// </summary>
public sealed class GsmAlphabet
{
    /// <summary>The septet that announces a character of the extension table.</summary>
    public const byte Escape = 0x1B;

    private const ushort Missing = 0xFFFF;
    private const ushort Extended = 0x100;

    private static readonly FrozenDictionary<(int, int), GsmAlphabet> Known = Combinations();

    private readonly string locking;
    private readonly FrozenDictionary<byte, char> shifted;
    private readonly ushort[] codes;

    private GsmAlphabet(string locking, FrozenDictionary<byte, char> shifted)
    {
        (this.locking, this.shifted) = (locking, shifted);
        codes = new ushort[locking.Concat(shifted.Values).Max() + 1];
        Array.Fill(codes, Missing);

        foreach (var (code, character) in shifted)
        {
            codes[character] = (ushort)(Extended | code);
        }

        foreach (var (code, character) in locking.Index().Where(entry => entry.Index != Escape))
        {
            codes[character] = (ushort)code;
        }
    }

    /// <summary>The default alphabet with the default extension table: no national table needed.</summary>
    public static GsmAlphabet Default { get; } = Known[(0, 0)];

    /// <summary>
    /// The alphabet that national tables make: 0 default, 1 Turkish, 2 Spanish, 3 Portuguese (3GPP TS 23.038, annex A).
    /// A table that is not carried here reads as the default one.
    /// </summary>
    public static GsmAlphabet With(int lockingTable, int singleShiftTable) =>
        Known.GetValueOrDefault((Carried(lockingTable), Carried(singleShiftTable)), Default);

    /// <summary>1, or 2 in the extension table, or 0 when the alphabet lacks the character.</summary>
    public int SeptetsOf(char character) =>
        CodeOf(character) switch
        {
            Missing => 0,
            >= Extended => 2,
            _ => 1,
        };

    /// <summary>Counts a text's septets; false when a character is not in the alphabet.</summary>
    public bool TryCount(ReadOnlySpan<char> text, out int septets)
    {
        septets = 0;
        foreach (var character in text)
        {
            var code = CodeOf(character);
            if (code == Missing)
            {
                return false;
            }

            septets += 1 + (code >> 8);
        }

        return true;
    }

    /// <summary>Writes one octet per septet and says how many; a character the alphabet lacks becomes <c>?</c>.</summary>
    /// <param name="septets">Room for two octets per character.</param>
    public int Encode(ReadOnlySpan<char> text, Span<byte> septets)
    {
        var length = 0;
        foreach (var character in text)
        {
            var code = CodeOf(character) is var found && found == Missing ? '?' : found;
            if (code >= Extended)
            {
                septets[length++] = Escape;
            }

            septets[length++] = (byte)code;
        }

        return length;
    }

    /// <summary>
    /// Reads one octet per septet. An escape before a code without a character shows the code's own character, a
    /// double escape a space, an escape at the very end nothing (3GPP TS 23.038, 6.2.1.1).
    /// </summary>
    public string Decode(ReadOnlySpan<byte> septets)
    {
        Span<char> text = septets.Length <= 512 ? stackalloc char[septets.Length] : new char[septets.Length];
        var length = 0;
        for (var i = 0; i < septets.Length; i++)
        {
            var code = (byte)(septets[i] & 0x7F);
            if (code != Escape)
            {
                text[length++] = locking[code];
            }
            else if (++i < septets.Length)
            {
                text[length++] = Shifted((byte)(septets[i] & 0x7F));
            }
        }

        return new string(text[..length]);
    }

    private static int Carried(int table) => table is > 0 and <= GsmTables.Last ? table : 0;

    private static FrozenDictionary<(int, int), GsmAlphabet> Combinations() =>
        (
            from locking in Enumerable.Range(0, GsmTables.Last + 1)
            from single in Enumerable.Range(0, GsmTables.Last + 1)
            select KeyValuePair.Create(
                (locking, single),
                new GsmAlphabet(GsmTables.Locking(locking), GsmTables.SingleShift(single))
            )
        ).ToFrozenDictionary();

    private char Shifted(byte code) =>
        shifted.TryGetValue(code, out var character) ? character
        : code == Escape ? ' '
        : locking[code];

    private ushort CodeOf(char character) => character < codes.Length ? codes[character] : Missing;
}
