using System.Globalization;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>How a command ended.</summary>
public enum AtFinal
{
    Ok,

    /// <summary>A bare <c>ERROR</c>.</summary>
    Error,

    /// <summary><c>+CME ERROR</c> (3GPP TS 27.007, 9.2).</summary>
    CmeError,

    /// <summary><c>+CMS ERROR</c> (3GPP TS 27.005, 3.2.5).</summary>
    CmsError,

    /// <summary>No final result in time.</summary>
    Silence,

    /// <summary>The port is gone.</summary>
    PortLost,
}

/// <summary>What a modem said to one command.</summary>
/// <param name="Code">The number behind <c>+CME</c> or <c>+CMS ERROR</c>; null when it gave none.</param>
/// <param name="Lines">The lines before the final result, in order.</param>
public sealed record AtAnswer(AtFinal Final, int? Code, IReadOnlyList<string> Lines)
{
    private const string Cme = "+CME ERROR:";
    private const string Cms = "+CMS ERROR:";

    public bool IsOk => Final == AtFinal.Ok;

    /// <summary>The first line, when all went well and there is one.</summary>
    public string? Line => IsOk && Lines.Count > 0 ? Lines[0] : null;

    /// <summary>The first line that begins so, when all went well.</summary>
    public string? Find(string prefix) =>
        IsOk ? Lines.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal)) : null;

    /// <summary>Reads a final result; null when the line is none.</summary>
    /// <remarks><c>NO CARRIER</c> ends calls; we make none, so here it is always somebody else's.</remarks>
    public static (AtFinal Final, int? Code)? FinalOf(string line) =>
        line switch
        {
            "OK" => (AtFinal.Ok, null),
            "ERROR" or "COMMAND NOT SUPPORT" => (AtFinal.Error, null),
            _ when line.StartsWith(Cme, StringComparison.Ordinal) => (
                AtFinal.CmeError,
                CodeIn(line[Cme.Length..])
            ),
            _ when line.StartsWith(Cms, StringComparison.Ordinal) => (
                AtFinal.CmsError,
                CodeIn(line[Cms.Length..])
            ),
            _ => null,
        };

    private static int? CodeIn(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
}
