namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>How the modem answers one command.</summary>
/// <param name="Lines">Before the final result.</param>
/// <param name="Final"><c>OK</c> or an error; null for no answer at all.</param>
/// <param name="Then">Said unasked afterwards.</param>
/// <param name="Resets">The modem starts anew instead of saying anything more.</param>
public sealed record Reply(
    IReadOnlyList<string> Lines,
    string? Final,
    string? Then = null,
    bool Resets = false
)
{
    public static Reply Ok { get; } = new([], "OK");

    public static Reply Error { get; } = new([], "ERROR");

    /// <summary>The text was taken and nobody says so.</summary>
    public static Reply Silence { get; } = new([], null);

    public static Reply Of(params string[] lines) => new(lines, "OK");

    /// <summary>3GPP TS 27.005, 3.2.5.</summary>
    public static Reply Cms(int code) => new([], $"+CMS ERROR: {code}");

    /// <summary>3GPP TS 27.007, 9.2; in the form the program asked for.</summary>
    public static Reply Cme(int code, int form) =>
        form switch
        {
            0 => Error,
            1 => new([], $"+CME ERROR: {code}"),
            _ => new([], "+CME ERROR: " + WordsFor(code)),
        };

    private static string WordsFor(int code) =>
        code switch
        {
            4 => "operation not supported",
            10 => "SIM not inserted",
            11 => "SIM PIN required",
            12 => "SIM PUK required",
            16 => "incorrect password",
            _ => "unknown",
        };
}
