using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gateway.Domain.Consent;
using Gateway.Domain.Conversations;
using Gateway.Domain.Telephony;

namespace Gateway.Api.Archives.Incidents;

/// <summary>
/// Replaces what is personal: the same by the same, in one file. Nobody can tell the original from it, nor from another
/// file, as each has a secret of its own that is kept nowhere.
/// </summary>
public sealed class Disguise
{
    private const string Cyrillic = "абвгдежзиклмнопрстуфхцчшщэюя";
    private const string Hexadecimal = "0123456789abcdef";

    private static readonly HashSet<string> TwoDigitCountries =
    [
        .. "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".Split(
            ' '
        ),
    ];

    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<(Personal, string), string> known = [];
    private readonly HashSet<string> given = [];

    /// <summary>What stands for it from now on.</summary>
    public string Replace(Personal how, string original)
    {
        if (original.Length == 0 || known.TryGetValue((how, original), out var replacement))
        {
            return known.GetValueOrDefault((how, original), original);
        }

        // Two that came out alike would be one in the views. A text without letters has nothing to be replaced.
        for (var round = 0; ; round++)
        {
            replacement = Draw(how, original, round);
            if (round == MostRounds || (replacement != original && given.Add($"{how} {replacement}")))
            {
                return known[(how, original)] = replacement;
            }
        }
    }

    private const int MostRounds = 100;

    /// <summary>Ids that are made from numbers, and what they become when they are made from the new ones.</summary>
    public IReadOnlyDictionary<Guid, Guid> DerivedIds()
    {
        var numbers = known.Where(pair => pair.Key.Item1 == Personal.Number).ToList();
        var ids = new Dictionary<Guid, Guid>();
        foreach (var ((_, number), replacement) in numbers)
        {
            ids[ConsentState.IdOf(number)] = ConsentState.IdOf(replacement);
            foreach (var ((_, other), otherReplacement) in numbers)
            {
                ids[Conversation.IdBetween(number, other)] = Conversation.IdBetween(
                    replacement,
                    otherReplacement
                );
            }
        }

        return ids;
    }

    private string Draw(Personal how, string original, int round)
    {
        var lots = new Lots(secret, $"{how} {round} {original}");
        return how switch
        {
            Personal.Json => "{}",
            Personal.Url => $"https://{Like("hostname", lots)}.example.com/",
            Personal.Number => Number(original, lots),
            Personal.Code when original.All(char.IsAsciiHexDigitLower) => string.Concat(
                original.Select(_ => lots.Of(Hexadecimal))
            ),
            _ => Like(original, lots),
        };
    }

    /// <summary>A line without a number is called after its device, which is no person.</summary>
    private static string Number(string original, Lots lots) =>
        original.StartsWith("device:", StringComparison.Ordinal) ? original
        : original.StartsWith('+')
            ? original[..CountryLength(original)] + Like(original[CountryLength(original)..], lots)
        : Like(original, lots);

    /// <summary>With the plus (ITU-T E.164, annex D).</summary>
    private static int CountryLength(string number) =>
        number is ['+', '1' or '7', ..] ? 2
        : number.Length > 3 && TwoDigitCountries.Contains(number[1..3]) ? 3
        : Math.Min(4, number.Length);

    /// <summary>
    /// Letters by letters and digits by digits, each of which takes as much room in the same alphabet; signs and spaces
    /// stay. A character beyond GSM 7-bit becomes another one beyond it.
    /// </summary>
    private static string Like(string original, Lots lots)
    {
        var text = new StringBuilder(original.Length);
        foreach (var rune in original.EnumerateRunes())
        {
            var isGsm = rune.IsBmp && GsmAlphabet.Default.SeptetsOf((char)rune.Value) > 0;
            text.Append(
                Rune.IsDigit(rune) && isGsm ? $"{lots.Of("0123456789")}"
                : Rune.IsLetter(rune) && isGsm && Rune.IsUpper(rune) ? $"{(char)('A' + lots.Next(26))}"
                : Rune.IsLetter(rune) && isGsm ? $"{(char)('a' + lots.Next(26))}"
                : !rune.IsBmp ? $"{new Rune(0x1F600 + lots.Next(64))}"
                : Rune.IsLetterOrDigit(rune) ? $"{lots.Of(Cyrillic)}"
                : rune.ToString()
            );
        }

        return text.ToString();
    }

    /// <summary>Draws that depend on the secret and what they are for, and on nothing else.</summary>
    private sealed class Lots(byte[] secret, string purpose)
    {
        private int drawn;

        public char Of(string characters) => characters[Next(characters.Length)];

        public int Next(int most) =>
            (int)(
                BinaryPrimitives.ReadUInt64BigEndian(
                    HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{drawn++} {purpose}"))
                ) % (ulong)most
            );
    }
}
