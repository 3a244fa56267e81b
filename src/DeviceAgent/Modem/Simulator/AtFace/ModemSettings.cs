using System.Text;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>What programs have set. A modem keeps it when they go, and so does this one.</summary>
public sealed class ModemSettings(Personality personality)
{
    public Personality Personality => personality;

    public bool Echo { get; set; } = personality.Echo;

    /// <summary>0 bare <c>ERROR</c>, 1 numbers, 2 words.</summary>
    public int ErrorForm { get; set; }

    public string CharacterSet { get; set; } = FirstCharacterSet(personality);

    /// <summary>Memory to read, to write, and where texts arrive.</summary>
    public string[] Stores { get; } = ["SM", "SM", "SM"];

    /// <summary>Mode, mt, bm, ds, bfr of <c>+CNMI</c>.</summary>
    public int[] Notices { get; set; } = [0, 0, 0, 0, 0];

    public int Service { get; set; }

    /// <summary>0 the operator's name, 2 its number.</summary>
    public int OperatorForm { get; set; }

    /// <summary>Simple settings by command, such as <c>+CREG</c>.</summary>
    public Dictionary<string, string> Values { get; } = [];

    public bool TellsTexts => Notices[0] > 0 && Notices[1] == 1 && !personality.HidesTexts;

    public bool GivesTexts => Notices[0] > 0 && Notices[1] >= 2;

    public bool GivesReports => Notices[0] > 0 && Notices[3] == 1;

    public bool KeepsReports => Notices[3] == 2;

    /// <summary><c>ATZ</c> and <c>AT&amp;F</c>; echo and memories stay.</summary>
    public void Reset()
    {
        (ErrorForm, CharacterSet) = (0, FirstCharacterSet(personality));
        (Notices, Service, OperatorForm) = ([0, 0, 0, 0, 0], 0, 0);
        Values.Clear();
    }

    /// <summary>What is said of names and numbers, in the character set in use (3GPP TS 27.007, 5.5).</summary>
    public string Said(string words) =>
        CharacterSet == "UCS2" ? Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(words)) : words;

    private static string FirstCharacterSet(Personality personality) => personality.OnlyUcs2 ? "UCS2" : "GSM";
}
