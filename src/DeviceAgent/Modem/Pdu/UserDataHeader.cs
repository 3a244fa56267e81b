namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>Which segment of a concatenated text this is (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).</summary>
/// <param name="Reference">Common to all segments of one text.</param>
/// <param name="Sequence">Counted from 1 up to <paramref name="Total"/>.</param>
/// <param name="Wide">The reference has 16 bits instead of 8.</param>
public sealed record Concatenation(int Reference, int Total, int Sequence, bool Wide);

/// <summary>Application ports (3GPP TS 23.040, 9.2.3.24.3 and 9.2.3.24.4).</summary>
/// <param name="Wide">The ports have 16 bits instead of 8.</param>
public sealed record ApplicationPorts(int Destination, int Source, bool Wide);

/// <summary>The user data header (3GPP TS 23.040, 9.2.3.24). Elements that are not listed here are skipped.</summary>
/// <param name="LockingTable">National language locking shift table; 0 is none (3GPP TS 23.038, annex A).</param>
/// <param name="SingleShiftTable">National language single shift table; 0 is none.</param>
public sealed record UserDataHeader(
    Concatenation? Concatenation = null,
    ApplicationPorts? Ports = null,
    int LockingTable = 0,
    int SingleShiftTable = 0
)
{
    private const int Concat = 0x00;
    private const int PortsNarrow = 0x04;
    private const int PortsWide = 0x05;
    private const int ConcatWide = 0x08;
    private const int SingleShift = 0x24;
    private const int LockingShift = 0x25;

    /// <summary>Nothing to say: no header is written.</summary>
    public static UserDataHeader None { get; } = new();

    /// <summary>Octets with the length octet; 0 when nothing is written.</summary>
    public int Octets
    {
        get
        {
            var elements =
                (
                    Concatenation is null ? 0
                    : Concatenation.Wide ? 6
                    : 5
                )
                + (
                    Ports is null ? 0
                    : Ports.Wide ? 6
                    : 4
                )
                + (LockingTable > 0 ? 3 : 0)
                + (SingleShiftTable > 0 ? 3 : 0);
            return elements == 0 ? 0 : elements + 1;
        }
    }

    /// <summary>Writes length and elements in the order concatenation, ports, locking shift, single shift.</summary>
    public void Write(ref PduWriter pdu)
    {
        pdu.Octet(Octets - 1);
        if (Concatenation is { } concat)
        {
            pdu.Octet(concat.Wide ? ConcatWide : Concat);
            pdu.Octet(concat.Wide ? 4 : 3);
            WriteNumber(ref pdu, concat.Reference, concat.Wide);
            pdu.Octet(concat.Total);
            pdu.Octet(concat.Sequence);
        }

        if (Ports is { } ports)
        {
            pdu.Octet(ports.Wide ? PortsWide : PortsNarrow);
            pdu.Octet(ports.Wide ? 4 : 2);
            WriteNumber(ref pdu, ports.Destination, ports.Wide);
            WriteNumber(ref pdu, ports.Source, ports.Wide);
        }

        WriteTable(ref pdu, LockingShift, LockingTable);
        WriteTable(ref pdu, SingleShift, SingleShiftTable);
    }

    /// <summary>Reads the elements behind the length octet. A broken length makes the whole PDU undecodable.</summary>
    public static UserDataHeader Read(ref PduReader pdu, ReadOnlySpan<byte> elements)
    {
        var header = None;
        while (elements.Length > 0)
        {
            if (elements.Length < 2 || elements.Length < 2 + elements[1])
            {
                pdu.Refuse("A header element runs past its header.");
                return None;
            }

            header = header.With(elements[0], elements.Slice(2, elements[1]));
            elements = elements[(2 + elements[1])..];
        }

        return header;
    }

    private UserDataHeader With(int element, ReadOnlySpan<byte> value) =>
        element switch
        {
            Concat when value is [var reference, var total, var sequence] => Joined(
                new(reference, total, sequence, false)
            ),
            ConcatWide when value is [var high, var low, var total, var sequence] => Joined(
                new(high << 8 | low, total, sequence, true)
            ),
            PortsNarrow when value is [var to, var from] => this with { Ports = new(to, from, false) },
            PortsWide when value is [var high, var low, var fromHigh, var fromLow] => this with
            {
                Ports = new(high << 8 | low, fromHigh << 8 | fromLow, true),
            },
            LockingShift when value is [var table] => this with { LockingTable = table },
            SingleShift when value is [var table] => this with { SingleShiftTable = table },
            _ => this,
        };

    /// <summary>The standard wants an impossible count or place ignored as if the element were not there.</summary>
    private UserDataHeader Joined(Concatenation concat) =>
        concat.Sequence >= 1 && concat.Sequence <= concat.Total ? this with { Concatenation = concat } : this;

    private static void WriteNumber(ref PduWriter pdu, int number, bool wide)
    {
        if (wide)
        {
            pdu.Octet(number >> 8);
        }

        pdu.Octet(number);
    }

    private static void WriteTable(ref PduWriter pdu, int element, int table)
    {
        if (table > 0)
        {
            pdu.Octet(element);
            pdu.Octet(1);
            pdu.Octet(table);
        }
    }
}
