using System.Collections.Frozen;

namespace Gateway.Domain.Telephony;

/// <summary>
/// The characters behind the septets: default tables (3GPP TS 23.038, 6.2.1) and the national tables of Turkish,
/// Spanish and Portuguese (annex A). Number 0 is the default, 1 Turkish, 2 Spanish, 3 Portuguese.
/// </summary>
internal static class GsmTables
{
    /// <summary>The highest table number carried here.</summary>
    public const int Last = 3;

    private const string Latin =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Turkish =
        "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Portuguese =
        "@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|\u001bÂâÊÉ !\"#º%&'()*+,-./0123456789:;<=>?"
        + "ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà";

    private static readonly FrozenDictionary<byte, char>[] SingleShifts =
    [
        Shifts([]),
        Shifts([(0x47, 'Ğ'), (0x49, 'İ'), (0x53, 'Ş'), (0x63, 'ç'), (0x67, 'ğ'), (0x69, 'ı'), (0x73, 'ş')]),
        Shifts([.. Accented('Á', 'á'), (0x09, 'ç')]),
        Shifts([
            .. Accented('À', 'Â'),
            .. Run(0x05, "ê\0\0\0ç\0Ôô\0Áá\0\0ΦΓ\0ΩΠΨΣΘ\0\0\0\0\0Ê"),
            .. Run(0x5B, "ÃÕ"),
            .. Run(0x7B, "ãõ\0\0â"),
        ]),
    ];

    /// <summary>128 characters, one per septet. Spanish has no locking table of its own.</summary>
    public static string Locking(int table) =>
        table switch
        {
            1 => Turkish,
            3 => Portuguese,
            _ => Latin,
        };

    /// <summary>The characters after an escape, by their code.</summary>
    public static FrozenDictionary<byte, char> SingleShift(int table) => SingleShifts[table];

    /// <summary>The default extension table, which each national one contains, and a language's own characters.</summary>
    private static FrozenDictionary<byte, char> Shifts(IEnumerable<(byte Code, char Character)> own) =>
        Run(0x0A, "\f")
            .Concat(Run(0x14, "^"))
            .Concat(Run(0x28, "{}"))
            .Concat(Run(0x2F, "\\"))
            .Concat(Run(0x3C, "[~]"))
            .Concat(Run(0x40, "|"))
            .Concat(Run(0x65, "€"))
            .Concat(own)
            .ToFrozenDictionary(entry => entry.Code, entry => entry.Character);

    /// <summary>What Spanish and Portuguese share: the accented vowels at the places of the plain ones.</summary>
    private static IEnumerable<(byte Code, char Character)> Accented(char capitalA, char smallA) =>
        [
            (0x41, capitalA),
            (0x49, 'Í'),
            (0x4F, 'Ó'),
            (0x55, 'Ú'),
            (0x61, smallA),
            (0x69, 'í'),
            (0x6F, 'ó'),
            (0x75, 'ú'),
        ];

    /// <summary>Consecutive codes; NUL leaves one out.</summary>
    private static IEnumerable<(byte Code, char Character)> Run(byte first, string characters) =>
        characters.Index().Where(at => at.Item != '\0').Select(at => ((byte)(first + at.Index), at.Item));
}
