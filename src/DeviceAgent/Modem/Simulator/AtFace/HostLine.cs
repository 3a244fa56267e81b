using System.Text;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>
/// Gathers what a program writes into command lines and PDUs (ITU-T V.250, 5.2.1; 3GPP TS 27.005, 3.5.1). LF after CR
/// is tolerated, also before a PDU; an escape takes back whatever was begun.
/// </summary>
internal sealed class HostLine
{
    private const char Escape = '\u001b';
    private const char Send = '\u001a';
    private const char Backspace = '\b';

    private readonly StringBuilder text = new();

    /// <summary>A prompt was given: the next thing is a PDU.</summary>
    public bool TakesPdu { get; set; }

    /// <summary>Takes one octet; says what it completes, if anything.</summary>
    public (HostInput Input, string Text) Push(char octet)
    {
        switch (octet)
        {
            case Escape:
                text.Clear();
                return (TakesPdu ? HostInput.Escaped : HostInput.None, "");
            case Send when TakesPdu:
                return (HostInput.Pdu, Cut());
            case '\r' when !TakesPdu && text.Length > 0:
                return (HostInput.Line, Cut());
            case Backspace when text.Length > 0:
                text.Length--;
                break;
            case > ' ':
                text.Append(octet);
                break;
            case ' ' when !TakesPdu && text.Length > 0:
                text.Append(octet);
                break;
            default:
                break;
        }

        return (HostInput.None, "");
    }

    private string Cut()
    {
        var cut = text.ToString();
        text.Clear();
        return cut;
    }
}

/// <summary>What an octet completed.</summary>
internal enum HostInput
{
    None,
    Line,
    Pdu,

    /// <summary>The program takes the PDU back.</summary>
    Escaped,
}
