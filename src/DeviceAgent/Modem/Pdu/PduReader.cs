namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>
/// Reads a PDU from front to back. The first thing that does not fit is remembered as <see cref="Fault"/>; from
/// then on every field reads as empty, so that a decoder asks once, at its end.
/// </summary>
public ref struct PduReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> rest = octets;

    /// <summary>What was wrong first; null while all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Octets not yet read.</summary>
    public readonly int Left => rest.Length;

    public byte Octet(string field) => Take(1, field) is [var octet] ? octet : (byte)0;

    public ReadOnlySpan<byte> Take(int count, string field)
    {
        if (count > rest.Length)
        {
            Refuse($"The PDU ends inside its {field}.");
        }

        if (Fault is not null)
        {
            return [];
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    /// <summary>What was read, or the fault.</summary>
    public readonly Decoded<T> End<T>(T value)
        where T : class => Fault is null ? new(value, null) : new(null, Fault);

    /// <summary>Remembers a fault, unless one is known.</summary>
    public void Refuse(string fault)
    {
        Fault ??= fault;
        rest = [];
    }
}

/// <summary>What a PDU said, or why it cannot be read.</summary>
/// <param name="Value">Null when there is a fault.</param>
/// <param name="Fault">A sentence for the log, without content; null when the PDU was read.</param>
public readonly record struct Decoded<T>(T? Value, string? Fault)
    where T : class;
