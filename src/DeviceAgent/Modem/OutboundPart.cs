using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem;

/// <summary>One segment of a text, ready to be encoded.</summary>
/// <param name="Text">This segment's share of the text.</param>
/// <param name="Alphabet">The same for all segments of a text.</param>
/// <param name="Part">Counted from 1.</param>
/// <param name="Reference">The concatenation reference, 0 to 255; the same for all segments of a text.</param>
/// <param name="Report">Ask for a delivery report (TP-SRR).</param>
/// <param name="Class">Message class 0 to 3; null for none.</param>
/// <param name="Validity">How long the centre may keep trying; null for its own default.</param>
/// <param name="Repeat">The text was in doubt before and is sent again by decision: reject duplicates (TP-RD).</param>
/// <param name="Reached">
/// To be awaited as the submission passes each stage; <see cref="SubmitStage.Writing"/> before the first octet
/// of the part goes out. When it throws, nothing more may be written.
/// </param>
public sealed record OutboundPart(
    string Sim,
    Guid Message,
    Msisdn To,
    string Text,
    SmsAlphabet Alphabet,
    int Part,
    int Of,
    int Reference,
    bool Report,
    int? Class,
    TimeSpan? Validity,
    bool Repeat,
    Func<SubmitStage, ValueTask> Reached
);

/// <summary>How far a submission came. Before <see cref="Writing"/> nothing can have left.</summary>
public enum SubmitStage
{
    /// <summary>The intent is on disk; a radio without stages may hand over at any time from here.</summary>
    Intent,
    Opened,
    Prompted,
    Writing,
    Written,
}

/// <summary>The outcome of handing over one part.</summary>
public abstract record PartResult;

/// <summary>The network took it.</summary>
/// <param name="Reference">The network's message reference, 0 to 255; a delivery report will carry it.</param>
public sealed record Accepted(int Reference) : PartResult;

/// <summary>The network said no: it hasn't left.</summary>
/// <param name="Class">One of the words of <see cref="DeviceProtocol.FailureClass"/>.</param>
public sealed record Refused(string Class, int? Code, string? Text) : PartResult;

/// <summary>It can't have left: the SIM, the radio or the modem failed before.</summary>
/// <param name="Class">One of the words of <see cref="DeviceProtocol.FailureClass"/>.</param>
public sealed record NeverLeft(string Class, int? Code, string? Text) : PartResult;

/// <summary>It may have left or not.</summary>
/// <param name="Why">One sentence, without numbers or text of the message.</param>
/// <param name="Lines">The last lines on the wire, masked.</param>
public sealed record Unknown(string Why, int? Code = null, IReadOnlyList<string>? Lines = null) : PartResult;

/// <summary>A submission that began and whose end nobody recorded.</summary>
/// <param name="Stage">The last stage that is on disk.</param>
/// <param name="At">Unix milliseconds by the device's clock.</param>
/// <param name="Reference">The concatenation reference; 0 for a text of one part.</param>
/// <param name="Boot">The run of the agent it belongs to.</param>
/// <param name="Hash">A keyed hash over recipient and text; neither is kept.</param>
public sealed record Intent(
    Guid M,
    int F,
    string Sim,
    int Part,
    int Of,
    int Reference,
    SubmitStage Stage,
    long At,
    string Boot,
    string Hash
);

/// <summary>What an investigation found.</summary>
/// <param name="Why">One sentence for a person.</param>
/// <param name="Reference">The message reference, when the part was sent and the radio knows it.</param>
/// <param name="Radio">The modem's identity.</param>
public sealed record Evidence(
    Conclusion Conclusion,
    string Why,
    int? Reference = null,
    IReadOnlyList<string>? Lines = null,
    string? Radio = null
);

/// <summary>Whether a part left.</summary>
public enum Conclusion
{
    Unknown,
    Sent,
    NotSent,
}
