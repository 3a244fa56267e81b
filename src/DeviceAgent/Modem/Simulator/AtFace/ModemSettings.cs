namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>What programs have set. A modem keeps it when they go, and so does this one.</summary>
public sealed class ModemSettings
{
    public bool Echo { get; set; } = true;

    /// <summary>0 bare <c>ERROR</c>, 1 numbers, 2 words.</summary>
    public int ErrorForm { get; set; }

    public string CharacterSet { get; set; } = "GSM";

    /// <summary>Memory to read, to write, and where texts arrive.</summary>
    public string[] Stores { get; } = ["SM", "SM", "SM"];

    /// <summary>Mode, mt, bm, ds, bfr of <c>+CNMI</c>.</summary>
    public int[] Notices { get; set; } = [0, 0, 0, 0, 0];

    public int Service { get; set; }

    /// <summary>0 the operator's name, 2 its number.</summary>
    public int OperatorForm { get; set; }

    /// <summary>Simple settings by command, such as <c>+CREG</c>.</summary>
    public Dictionary<string, string> Values { get; } = [];

    public bool TellsTexts => Notices[0] > 0 && Notices[1] == 1;

    public bool GivesTexts => Notices[0] > 0 && Notices[1] >= 2;

    public bool GivesReports => Notices[0] > 0 && Notices[3] == 1;

    public bool KeepsReports => Notices[3] == 2;

    /// <summary><c>ATZ</c> and <c>AT&amp;F</c>; echo and memories stay.</summary>
    public void Reset()
    {
        (ErrorForm, CharacterSet, Notices, Service, OperatorForm) = (0, "GSM", [0, 0, 0, 0, 0], 0, 0);
        Values.Clear();
    }
}
