using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.DeviceAgent.Modem.At.Inbox;

/// <summary>A place in a modem's memory.</summary>
/// <param name="Store"><c>SM</c> the SIM, <c>ME</c> the modem, <c>MT</c> both, <c>SR</c> reports (3GPP TS 27.005, 3.2.2).</param>
/// <param name="Index">As the modem counts.</param>
public readonly record struct Place(string Store, int Index);

/// <summary>A PDU as the modem gave it, and where it keeps it; null when it doesn't.</summary>
public sealed record StoredPdu(string Hex, Place? Place);

/// <summary>
/// The memories of a modem (3GPP TS 27.005, 3.2). Only one at a time can be read, so that every use says which.
/// </summary>
public sealed class MessageStores : IDisposable
{
    private const int Outgoing = 2;
    private const int Tries = 3;

    private static readonly string[] Largest = ["MT", "ME", "SM"];

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly AtDialogue dialogue;
    private string? open;

    /// <summary>Without it there is one memory, whatever it is called.</summary>
    private bool switches;

    private MessageStores(AtDialogue dialogue, string inbox, string? reports) =>
        (this.dialogue, Inbox, Reports) = (dialogue, inbox, reports);

    /// <summary>Where texts arrive.</summary>
    public string Inbox { get; }

    /// <summary>Where delivery reports arrive; null when none keeps them.</summary>
    public string? Reports { get; }

    /// <summary>Takes the largest memory that is offered, or leaves what is set.</summary>
    public static async Task<MessageStores> Choose(AtDialogue dialogue, CancellationToken stop)
    {
        var line = (await dialogue.Ask("AT+CPMS=?", stop: stop)).Find("+CPMS:");
        var offered = line is null ? [] : AtFields.Of(line).Select(AtFields.Group).ToArray();
        var (first, second) = offered is [var reading, var writing, ..] ? (reading, writing) : ([], []);

        var inbox = Largest.FirstOrDefault(first.Contains) ?? "SM";
        var drafts = second.Contains("ME") ? "ME" : "SM";
        var chosen = false;
        for (var tries = 0; tries < Tries && !chosen; tries++)
        {
            chosen = (await dialogue.Ask($"AT+CPMS=\"{inbox}\",\"{drafts}\",\"{inbox}\"", stop: stop)).IsOk;
        }

        var reports = first.Contains("SR") ? "SR" : null;
        return new(dialogue, inbox, reports) { open = inbox, switches = chosen };
    }

    /// <summary>What is at a place; null when it is empty or holds one of our own.</summary>
    public Task<StoredPdu?> Read(Place place, CancellationToken stop) =>
        In(place.Store, () => ReadOpen(place, stop), null, stop);

    /// <summary>Everything that came in and is still there.</summary>
    public async Task<IReadOnlyList<StoredPdu>> List(string store, CancellationToken stop)
    {
        var listed = await In<IReadOnlyList<(StoredPdu Stored, bool IsWhole)>>(
            store,
            async () =>
            {
                var lines = (await dialogue.Ask("AT+CMGL=4", TimeSpan.FromSeconds(30), stop)).Lines;
                return
                [
                    .. lines
                        .Zip(lines.Skip(1))
                        .Where(pair => pair.First.StartsWith("+CMGL:", StringComparison.Ordinal))
                        .Select(pair => (Fields: AtFields.Of(pair.First), Pdu: pair.Second))
                        .Where(entry => IsInbound(entry.Fields, 1))
                        .Select(entry =>
                            (
                                new StoredPdu(entry.Pdu, new(store, AtFields.Number(entry.Fields, 0) ?? 0)),
                                IsWhole(entry.Pdu, AtFields.Number(entry.Fields, 3))
                            )
                        ),
                ];
            },
            [],
            stop
        );
        var stored = new List<StoredPdu>();
        foreach (var (found, isWhole) in listed)
        {
            if ((isWhole ? found : await Read(found.Place!.Value, stop)) is { } sure)
            {
                stored.Add(sure);
            }
        }

        return stored;
    }

    /// <summary>
    /// Frees a place that still holds this and nothing else. Never several with one command: that would race with what
    /// arrives.
    /// </summary>
    public Task Delete(StoredPdu stored, CancellationToken stop) =>
        stored.Place is { } place
            ? In(
                place.Store,
                async () =>
                    (await ReadOpen(place, stop))?.Hex == stored.Hex
                    && (await dialogue.Ask($"AT+CMGD={place.Index}", stop: stop)).IsOk,
                false,
                stop
            )
            : Task.CompletedTask;

    /// <summary>How full the inbox is; null when the modem won't say.</summary>
    public async Task<(int Used, int Of)?> Fill(CancellationToken stop)
    {
        var line = (await dialogue.Ask("AT+CPMS?", stop: stop)).Find("+CPMS:");
        var fields = line is null ? [] : AtFields.Of(line);
        return AtFields.Number(fields, 7) is { } used && AtFields.Number(fields, 8) is { } of
            ? (used, of)
            : null;
    }

    public void Dispose() => turn.Dispose();

    private async Task<StoredPdu?> ReadOpen(Place place, CancellationToken stop)
    {
        StoredPdu? stored = null;
        for (var tries = 0; tries < Tries; tries++)
        {
            var answer = await dialogue.Ask($"AT+CMGR={place.Index}", stop: stop);
            if (answer is { IsOk: true, Lines: [] })
            {
                break;
            }

            if (answer is not { IsOk: true, Lines: [var head, var pdu, ..] })
            {
                continue;
            }

            var fields = AtFields.Of(head);
            stored = IsInbound(fields, 0) ? new StoredPdu(pdu, place) : null;
            if (IsWhole(pdu, AtFields.Number(fields, 2)))
            {
                break;
            }
        }

        return stored;
    }

    /// <summary>The modem tells the length, so that noise on the wire is noticed (3GPP TS 27.005, 3.1).</summary>
    private static bool IsWhole(string pdu, int? length) =>
        Hex.Octets(pdu) is [var centre, ..] octets
        && octets.Length - 1 - centre == (length ?? octets.Length - 1 - centre);

    /// <summary>Status 2 and 3 are texts that we stored or sent ourselves.</summary>
    private static bool IsInbound(IReadOnlyList<string> fields, int statusAt) =>
        (AtFields.Number(fields, statusAt) ?? 0) < Outgoing;

    /// <summary>With this memory open, and no other opened meanwhile.</summary>
    /// <param name="otherwise">When it can't be opened: what is meant for one memory must not be done in another.</param>
    private async Task<T> In<T>(string store, Func<Task<T>> act, T otherwise, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            for (var tries = 0; switches && tries < Tries && open != store; tries++)
            {
                open = (await dialogue.Ask($"AT+CPMS=\"{store}\"", stop: stop)).IsOk ? store : null;
            }

            return open == store || !switches ? await act() : otherwise;
        }
        finally
        {
            turn.Release();
        }
    }
}
