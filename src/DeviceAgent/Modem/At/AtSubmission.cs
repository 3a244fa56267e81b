using System.Globalization;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>What the end of an <c>AT+CMGS</c> proves about a part (3GPP TS 27.005, 3.5.1 and 3.2.5).</summary>
public static class AtSubmission
{
    private const string Taken = "+CMGS:";
    private const int EvidenceLines = 12;

    /// <summary>Unknown is the default: only a proof moves a part out of it.</summary>
    public static PartResult ResultOf(AtAnswer answer, bool written, WireTape tape)
    {
        if (!written)
        {
            return new NeverLeft(FailureClass.Radio, answer.Code, BeforeWriting(answer));
        }

        if (
            answer.Final is AtFinal.Ok or AtFinal.Silence or AtFinal.PortLost
            && Reference(answer) is { } reference
        )
        {
            return new Accepted(reference);
        }

        var result = answer switch
        {
            { Final: AtFinal.CmsError, Code: { } code } => CmsVerdict.Of(code),
            { Final: AtFinal.CmeError, Code: { } code } when CannotHaveLeft(code) => new NeverLeft(
                FailureClass.Radio,
                code,
                null
            ),
            _ => new Unknown(AfterWriting(answer), answer.Code),
        };
        return result is Unknown unknown ? unknown with { Lines = tape.Last(EvidenceLines) } : result;
    }

    /// <summary>The message reference the modem told: <c>+CMGS: 41</c>, <c>+CMGS:41</c>, <c>+CMGS: 41,"…"</c>.</summary>
    private static int? Reference(AtAnswer answer) =>
        answer.Lines.LastOrDefault(line => line.StartsWith(Taken, StringComparison.Ordinal)) is { } line
        && int.TryParse(
            line[Taken.Length..].Split(',')[0],
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var reference
        )
            ? reference & 0xFF
            : null;

    /// <summary>Numbers of the modem or the SIM that come before anything is sent (3GPP TS 27.007, 9.2.1).</summary>
    private static bool CannotHaveLeft(int code) => code is 3 or 4 or >= 10 and <= 18 or 30 or 32;

    private static string BeforeWriting(AtAnswer answer) =>
        answer.Final switch
        {
            AtFinal.PortLost => "The port was lost before the text was written.",
            AtFinal.Silence => "The modem gave no prompt.",
            _ => "The modem refused before the text was written.",
        };

    private static string AfterWriting(AtAnswer answer) =>
        answer.Final switch
        {
            AtFinal.PortLost => "The port was lost after the text was written.",
            AtFinal.Silence => "The modem gave no answer.",
            AtFinal.Ok => "The modem's answer has no message reference.",
            _ => "The error doesn't say whether the text left.",
        };
}
