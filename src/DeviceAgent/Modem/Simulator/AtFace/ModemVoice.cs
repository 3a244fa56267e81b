using System.Text;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>How a modem puts what it says on the wire (ITU-T V.250, 5.7.1), as its personality has it.</summary>
internal sealed class ModemVoice(Personality personality, long seed)
{
    private const int GarbledOf = 5;

    private static readonly string[] Chatter = ["^RSSI:17", "+CREG: 1", "RING", "^BOOT:20952548,0,0,0,72"];

    private readonly Chance chance = new(seed);
    private int spoken;

    /// <summary>Exactly this, whatever ends lines otherwise: programs look for it.</summary>
    public static string Prompt => "\r\n> ";

    /// <summary>What comes before the final result.</summary>
    public string Lines(Reply reply)
    {
        var text = new StringBuilder();
        for (var i = 0; i < reply.Lines.Count; i++)
        {
            // The PDU under its heading is parted from it by a single line end.
            var isUnderHeading = i > 0 && IsHeading(reply.Lines[i - 1]);
            text.Append(isUnderHeading ? "" : Between())
                .Append(Garbled(reply.Lines[i]))
                .Append(personality.LineEnd);
        }

        return text.ToString();
    }

    /// <summary>The final result; empty for none.</summary>
    public string Final(Reply reply) =>
        reply.Final is { } final ? $"{Between()}{Garbled(final)}{personality.LineEnd}" : "";

    /// <summary>What is said unasked.</summary>
    public string Unasked(string said) =>
        $"{personality.LineEnd}{said.Replace("\r\n", personality.LineEnd, StringComparison.Ordinal)}{personality.LineEnd}";

    private string Between() =>
        personality.Chatters
            ? $"{Unasked(Chatter[chance.Pick($"{++spoken}", "chatter", Chatter.Length)])}{personality.LineEnd}"
            : personality.LineEnd;

    /// <summary>Now and then one octet is lost, or another one.</summary>
    private string Garbled(string line)
    {
        var subject = $"{++spoken}";
        if (!personality.Garbles || chance.Pick(subject, "garbles", GarbledOf) > 0)
        {
            return line;
        }

        var at = chance.Pick(subject, "octet", line.Length);
        return chance.Pick(subject, "how", 2) == 0
            ? line.Remove(at, 1)
            : $"{line[..at]}\u00ff{line[(at + 1)..]}";
    }

    private static bool IsHeading(string line) =>
        line.StartsWith("+CMGL:", StringComparison.Ordinal)
        || line.StartsWith("+CMGR:", StringComparison.Ordinal);
}
