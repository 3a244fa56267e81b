namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>Where a modem puts delivery reports.</summary>
public enum ReportPlace
{
    /// <summary>A store of their own, told as <c>+CDSI: "SR",…</c>.</summary>
    OwnStore,

    /// <summary>Among the texts on the SIM, told as <c>+CDSI: "SM",…</c>.</summary>
    Sim,

    /// <summary>Nowhere: they are only passed on, as <c>+CDS:</c>.</summary>
    None,
}

/// <summary>What becomes of a submission after the network has it.</summary>
public enum AfterSubmit
{
    Answered,

    /// <summary>No answer ever comes; the next command gets one.</summary>
    Silence,

    /// <summary>A general error, though the text is on its way.</summary>
    Error,

    /// <summary>The modem starts anew, once: the cable comes off and settings are gone.</summary>
    Reset,
}

/// <summary>How a modem behaves where the standard leaves it room, and where it doesn't.</summary>
public sealed record Personality(string Name)
{
    /// <summary>The code that opens the SIM of <c>pin</c>.</summary>
    public const string RightPin = "1234";

    /// <summary>Echoes before a program says otherwise.</summary>
    public bool Echo { get; init; }

    /// <summary>What ends a line of an answer.</summary>
    public string LineEnd { get; init; } = "\r\n";

    /// <summary>How long it thinks before a prompt.</summary>
    public TimeSpan PromptAfter { get; init; }

    /// <summary>Says all sorts of things between the lines of an answer.</summary>
    public bool Chatters { get; init; }

    /// <summary>Tells the report of a text between its reference and its <c>OK</c>.</summary>
    public bool ReportsBeforeOk { get; init; }

    public ReportPlace Reports { get; init; }

    /// <summary>Speaks of names and numbers in UCS-2 only, in hexadecimal.</summary>
    public bool OnlyUcs2 { get; init; }

    /// <summary>Says nothing when a text comes; who looks finds it.</summary>
    public bool HidesTexts { get; init; }

    /// <summary>Places in each memory; null for what is usual.</summary>
    public int? Places { get; init; }

    /// <summary>The SIM asks for its PIN.</summary>
    public bool AsksPin { get; init; }

    /// <summary>Now and then a line comes out damaged.</summary>
    public bool Garbles { get; init; }

    public AfterSubmit AfterSubmit { get; init; }

    public static Personality Clean { get; } = new("clean");

    public static IReadOnlyList<Personality> All { get; } =
    [
        Clean,
        new("echo") { Echo = true },
        new("lfAfterCr") { LineEnd = "\r\r\n" },
        new("slowPrompt") { PromptAfter = TimeSpan.FromSeconds(3) },
        new("urcStorm") { Chatters = true },
        new("reportBeforeOk") { ReportsBeforeOk = true, Reports = ReportPlace.None },
        new("cds") { Reports = ReportPlace.None },
        new("cdsiSm") { Reports = ReportPlace.Sim },
        new("cdsiSr") { Reports = ReportPlace.OwnStore },
        new("ucs2") { OnlyUcs2 = true },
        new("lostCmti") { HidesTexts = true },
        new("memoryFull") { Places = 2 },
        new("pin") { AsksPin = true },
        new("resetMidSend") { AfterSubmit = AfterSubmit.Reset },
        new("silent") { AfterSubmit = AfterSubmit.Silence },
        new("garbled") { Garbles = true },
        new("lies") { AfterSubmit = AfterSubmit.Error },
    ];

    /// <summary>The one of this name.</summary>
    public static Personality Named(string name) => All.First(known => known.Name == name);
}
