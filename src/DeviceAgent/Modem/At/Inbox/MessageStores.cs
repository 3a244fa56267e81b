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

    private static readonly string[] Largest = ["MT", "ME", "SM"];

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly AtDialogue dialogue;
    private string? open;

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
        var answer = await dialogue.Ask($"AT+CPMS=\"{inbox}\",\"{drafts}\",\"{inbox}\"", stop: stop);
        return new(dialogue, inbox, first.Contains("SR") ? "SR" : null) { open = answer.IsOk ? inbox : null };
    }

    /// <summary>What is at a place; null when it is empty or holds one of our own.</summary>
    public Task<StoredPdu?> Read(Place place, CancellationToken stop) =>
        In(
            place.Store,
            async () =>
            {
                var answer = await dialogue.Ask($"AT+CMGR={place.Index}", stop: stop);
                return
                    answer is { IsOk: true, Lines: [var head, var pdu, ..] }
                    && IsInbound(AtFields.Of(head), 0)
                    ? new StoredPdu(pdu, place)
                    : null;
            },
            stop
        );

    /// <summary>Everything that came in and is still there.</summary>
    public Task<IReadOnlyList<StoredPdu>> List(string store, CancellationToken stop) =>
        In<IReadOnlyList<StoredPdu>>(
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
                        .Select(entry => new StoredPdu(
                            entry.Pdu,
                            new(store, AtFields.Number(entry.Fields, 0) ?? 0)
                        )),
                ];
            },
            stop
        );

    /// <summary>Frees one place. Never several with one command: that would race with what arrives.</summary>
    public Task Delete(Place place, CancellationToken stop) =>
        In(place.Store, () => dialogue.Ask($"AT+CMGD={place.Index}", stop: stop), stop);

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

    /// <summary>Status 2 and 3 are texts that we stored or sent ourselves.</summary>
    private static bool IsInbound(IReadOnlyList<string> fields, int statusAt) =>
        (AtFields.Number(fields, statusAt) ?? 0) < Outgoing;

    /// <summary>With this memory open, and no other opened meanwhile.</summary>
    private async Task<T> In<T>(string store, Func<Task<T>> act, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (open != store)
            {
                open = (await dialogue.Ask($"AT+CPMS=\"{store}\"", stop: stop)).IsOk ? store : null;
            }

            return await act();
        }
        finally
        {
            turn.Release();
        }
    }
}
