using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem;

/// <summary>What an error number of a submission proves (3GPP TS 27.005, 3.2.5; 24.011, annex E-2).</summary>
/// <remarks>Anything not listed is unknown: it may have been sent. Only a proof moves a number out of that class.</remarks>
public static class CmsVerdict
{
    /// <summary>The verdict on a part that ended in <c>+CMS ERROR: code</c>.</summary>
    public static PartResult Of(int code) =>
        code switch
        {
            >= 301 and <= 305 or >= 310 and <= 318 or >= 320 and <= 322 or 330 or 331 => new NeverLeft(
                FailureClass.Radio,
                code,
                null
            ),
            38 or 41 or 42 or 47 or 192 or 194 => new Refused(FailureClass.Temporary, code, null),
            1 or 8 or 10 or 21 or 27 or 28 or 29 or 30 or 50 or 69 or 81 or 111 => Permanent(code),
            >= 95 and <= 99 or >= 127 and <= 191 or 193 or 195 or 196 or 198 or 199 => Permanent(code),
            197 => new Refused(FailureClass.Duplicate, code, null),
            _ => new Unknown("The error doesn't say whether the text left.", code),
        };

    private static Refused Permanent(int code) => new(FailureClass.Permanent, code, null);
}
