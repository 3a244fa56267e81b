using System.Text.Json;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox.OnDisk;

/// <summary>What an operator can ask of a journal; it is only read, also while an agent runs.</summary>
public static class JournalCommands
{
    private const string Hidden = "…";

    /// <summary>One line per record, without numbers and texts.</summary>
    public static int Show(string folder, TextWriter to)
    {
        foreach (var record in JournalScan.Of(folder).Records)
        {
            var entry = JournalRecords.Entry(record);
            var content = entry is null
                ? Hidden
                : JsonSerializer.Serialize(Masked(entry), entry.GetType(), JournalJson.Default);
            to.WriteLine($"{record.Sequence, 8} {record.Kind, -12} {content}");
        }
        return 0;
    }

    /// <summary>Says whether the journal is whole and what it still owes.</summary>
    public static int Verify(string folder, TextWriter to)
    {
        var scan = JournalScan.Of(folder);
        var memory = new JournalMemory();
        foreach (var entry in scan.Records.Select(JournalRecords.Entry).OfType<object>())
        {
            memory.Apply(entry);
        }
        to.WriteLine(
            $"{scan.Records.Count} records are whole, {scan.Torn} octets at the end are not. "
                + $"Facts: {memory.LastN}, acknowledged: {memory.Ack}, open submissions: {memory.Open.Count()}."
        );
        return 0;
    }

    private static object Masked(object entry) =>
        entry switch
        {
            Fact fact => Masked(fact),
            Remembered { Outcome: { } outcome } message => message with { Outcome = Masked(outcome) },
            _ => entry,
        };

    private static Fact Masked(Fact fact) =>
        fact with
        {
            Text = fact.Text is null ? null : Hidden,
            DataHex = fact.DataHex is null ? null : Hidden,
            Raw = fact.Raw is null ? null : Hidden,
            To = fact.To is null ? null : Hidden,
            From = fact.From is null ? null : Hidden,
            Number = fact.Number is null ? null : Hidden,
        };
}
