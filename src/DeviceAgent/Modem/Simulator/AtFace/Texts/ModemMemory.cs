namespace Gateway.DeviceAgent.Modem.Simulator.AtFace.Texts;

/// <summary>A PDU in a modem's memory.</summary>
/// <param name="Status">0 unread, 1 read, 2 stored unsent, 3 stored sent (3GPP TS 27.005, 3.1).</param>
/// <param name="TpduLength">Octets without the service-centre field.</param>
public sealed record Kept(string Hex, int TpduLength, int Status);

/// <summary>
/// The memories of the simulated modem (3GPP TS 27.005, 3.2.2): SIM, modem, reports; <c>MT</c> is another name for the
/// modem's own. Places are counted from 1.
/// </summary>
/// <param name="size">Places in each; null for what is usual.</param>
public sealed class ModemMemory(int? size = null)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Kept?[]> places = new()
    {
        ["SM"] = new Kept?[size ?? 20],
        ["ME"] = new Kept?[size ?? 100],
        ["SR"] = new Kept?[20],
    };

    public static bool Exists(string store) => store is "SM" or "ME" or "MT" or "SR";

    public int Size(string store) => Of(store).Length;

    public int Used(string store)
    {
        lock (gate)
        {
            return Of(store).Count(kept => kept is not null);
        }
    }

    /// <summary>The place it got, or null when the memory is full.</summary>
    public int? Keep(string store, Kept kept)
    {
        lock (gate)
        {
            var index = Array.IndexOf(Of(store), null);
            if (index >= 0)
            {
                Of(store)[index] = kept;
            }

            return index >= 0 ? index + 1 : null;
        }
    }

    /// <summary>What is there, and was unread till now; null when the place is empty or isn't one.</summary>
    public Kept? Read(string store, int index)
    {
        lock (gate)
        {
            return Has(store, index) ? MarkRead(store, index) : null;
        }
    }

    /// <summary>All of a status, 4 for any; they count as read afterwards.</summary>
    public IReadOnlyList<(int Index, Kept Kept)> List(string store, int status)
    {
        lock (gate)
        {
            return
            [
                .. Enumerable
                    .Range(1, Size(store))
                    .Where(index =>
                        Has(store, index) && (status == 4 || Of(store)[index - 1]!.Status == status)
                    )
                    .Select(index => (index, MarkRead(store, index))),
            ];
        }
    }

    /// <summary>Puts something else in a place, or nothing.</summary>
    public void Put(string store, int index, Kept? kept)
    {
        lock (gate)
        {
            if (index >= 1 && index <= Size(store))
            {
                Of(store)[index - 1] = kept;
            }
        }
    }

    private bool Has(string store, int index) =>
        index >= 1 && index <= Size(store) && Of(store)[index - 1] is not null;

    private Kept MarkRead(string store, int index)
    {
        var kept = Of(store)[index - 1]!;
        Of(store)[index - 1] = kept.Status == 0 ? kept with { Status = 1 } : kept;
        return kept;
    }

    private Kept?[] Of(string store) => places[store == "MT" ? "ME" : store];
}
