using System.Text;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>
/// Cuts what a modem says into lines and prompts (ITU-T V.250, 5.7; 3GPP TS 27.005, 3.5.1). Empty lines, NUL and
/// stray control octets vanish, so that it does not matter how a modem spaces its answers.
/// </summary>
public sealed class AtTokens(Action<string> line, Action prompt)
{
    private const int LongestLine = 4096;

    private readonly StringBuilder current = new();
    private volatile bool expectsPrompt;

    /// <summary>Only then is a <c>&gt;</c> at the start of a line a prompt; some modems leave out the blank after it.</summary>
    public bool ExpectsPrompt
    {
        get => expectsPrompt;
        set => expectsPrompt = value;
    }

    public void Push(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            Push((char)octet);
        }
    }

    private void Push(char character)
    {
        if (character is '\r' or '\n')
        {
            EndLine();
        }
        else if (character == '>' && current.Length == 0 && expectsPrompt)
        {
            expectsPrompt = false;
            prompt();
        }
        else if (character > ' ' || (character == ' ' && current.Length > 0))
        {
            // A line that never ends is noise, not an answer.
            if (current.Length < LongestLine)
            {
                current.Append(character);
            }
        }
    }

    private void EndLine()
    {
        if (current.Length > 0)
        {
            var text = current.ToString();
            current.Clear();
            line(text);
        }
    }
}
