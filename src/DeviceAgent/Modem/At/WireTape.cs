using System.Text.RegularExpressions;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>The last 256 Ki characters of what went over the wire, in both directions, for a diagnosis.</summary>
public sealed partial class WireTape
{
    private const int Room = 256 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<string> entries = new();
    private int length;

    public void Sent(string text) => Add("> " + text);

    public void Received(string text) => Add("< " + text);

    /// <summary>The last entries, oldest first, with numbers and texts masked.</summary>
    public IReadOnlyList<string> Last(int count)
    {
        lock (gate)
        {
            return [.. entries.TakeLast(count).Select(Masked)];
        }
    }

    /// <summary>Whatever could be a number or a text becomes its length.</summary>
    private static string Masked(string entry) => Personal().Replace(entry, found => $"<{found.Length}>");

    private void Add(string entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry);
            for (length += entry.Length; length > Room; )
            {
                length -= entries.Dequeue().Length;
            }
        }
    }

    [GeneratedRegex("\"[^\"]{5,}\"|\\+?[0-9A-Fa-f]{6,}")]
    private static partial Regex Personal();
}
