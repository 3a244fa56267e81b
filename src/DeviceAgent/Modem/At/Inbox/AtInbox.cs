using System.Security.Cryptography;
using System.Text;
using Gateway.DeviceAgent.Modem.Pdu;
using NodaTime;

namespace Gateway.DeviceAgent.Modem.At.Inbox;

/// <summary>
/// Turns the PDUs of one SIM into what a radio reports, and remembers where the modem keeps them until they may go.
/// The same PDU seen twice while it waits (told, then swept) is reported once.
/// </summary>
/// <param name="report">Is told of each whole text, report and undecodable PDU.</param>
public sealed class AtInbox(string sim, TimeProvider time, Action<RadioEvent> report)
{
    private const int TypeBits = 3;
    private const int Report = 2;

    private readonly Lock gate = new();
    private readonly Reassembly reassembly = new(time);
    private readonly HashSet<string> waiting = [];
    private readonly Dictionary<InboundKey, IReadOnlyList<StoredPdu>> unconfirmed = [];
    private readonly Dictionary<DeliveryReportArrived, StoredPdu> reports = [];
    private readonly Queue<(StoredPdu Stored, long Since)> settling = new();

    /// <summary>Takes a PDU that came in.</summary>
    public void Take(StoredPdu stored)
    {
        lock (gate)
        {
            if (stored.Place is not null && !waiting.Add(stored.Hex))
            {
                return;
            }

            if (IsReport(stored.Hex))
            {
                TakeReport(stored);
            }
            else if (Hex.Decode(stored.Hex, SmsDeliver.Decode).Value is not { } deliver)
            {
                TakeUndecodable(stored);
            }
            else if (reassembly.Add(new(deliver, stored)) is { } whole)
            {
                Tell(whole, partial: false);
            }
        }
    }

    /// <summary>Gives up waiting for the rest of old texts.</summary>
    public void TakeOverdue()
    {
        lock (gate)
        {
            foreach (var segments in reassembly.TakeOverdue())
            {
                Tell(segments, partial: true);
            }
        }
    }

    /// <summary>The text is safe: what may be deleted.</summary>
    public IReadOnlyList<StoredPdu> Confirm(InboundKey key)
    {
        lock (gate)
        {
            return unconfirmed.Remove(key, out var stored) ? Free(stored) : [];
        }
    }

    /// <summary>The report was taken from us; it will be on disk in a moment.</summary>
    public void Confirm(DeliveryReportArrived arrived)
    {
        lock (gate)
        {
            if (reports.Remove(arrived, out var stored))
            {
                settling.Enqueue((stored, time.GetTimestamp()));
            }
        }
    }

    /// <summary>The reports that were taken from us so long ago that they are on disk.</summary>
    public IReadOnlyList<StoredPdu> TakeSettled(TimeSpan age)
    {
        var settled = new List<StoredPdu>();
        lock (gate)
        {
            while (settling.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= age)
            {
                settled.Add(settling.Dequeue().Stored);
            }

            return Free(settled);
        }
    }

    private IReadOnlyList<StoredPdu> Free(IReadOnlyList<StoredPdu> stored)
    {
        waiting.ExceptWith(stored.Select(pdu => pdu.Hex));
        return stored;
    }

    private void TakeReport(StoredPdu stored)
    {
        if (Hex.Decode(stored.Hex, SmsStatusReport.Decode).Value is not { } said)
        {
            TakeUndecodable(stored);
            return;
        }

        var arrived = new DeliveryReportArrived(
            sim,
            said.MessageReference,
            said.Recipient.Value,
            said.Status,
            Millis(said.CentreTime),
            Millis(said.DischargeTime),
            stored.Hex
        );
        reports[arrived] = stored;
        report(arrived);
    }

    private void TakeUndecodable(StoredPdu stored)
    {
        var key = KeyOf([stored.Hex]);
        unconfirmed[key] = [stored];
        report(new UndecodableArrived(key, sim, stored.Hex));
    }

    private void Tell(IReadOnlyList<InboundSegment> segments, bool partial)
    {
        var first = segments[0].Deliver;
        var isText = first.Payload.Text is not null;
        var key = KeyOf(segments.Select(segment => segment.Stored.Hex));
        unconfirmed[key] = [.. segments.Select(segment => segment.Stored)];

        report(
            new InboundArrived(
                key,
                sim,
                first.From.Value,
                first.From.Type == AddressType.Unknown
                    ? "national"
                    : first.From.Type.ToString().ToLowerInvariant(),
                isText ? string.Concat(segments.Select(segment => segment.Deliver.Payload.Text)) : null,
                Millis(first.CentreTime),
                segments[0].Total,
                partial,
                first.Payload.Coding.Class,
                isText ? null : string.Concat(segments.Select(OctetsOf)),
                first.Payload.Header.Ports?.Destination,
                string.Join(',', segments.Select(segment => segment.Stored.Hex))
            )
        );
    }

    /// <summary>
    /// The PDUs hold sender, centre time and content, so their hash names the text for good: a second upload after a
    /// lost journal is still one message.
    /// </summary>
    private InboundKey KeyOf(IEnumerable<string> pdus) =>
        new(
            Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{sim}\n{string.Join('\n', pdus)}"))
            )
        );

    private static string OctetsOf(InboundSegment segment) =>
        Convert.ToHexString((segment.Deliver.Payload.Octets ?? ReadOnlyMemory<byte>.Empty).Span);

    private static bool IsReport(string hex)
    {
        var pdu = new PduReader(Hex.Octets(hex) ?? []);
        _ = SmsAddress.ReadServiceCentre(ref pdu);
        return (pdu.Octet("first octet") & TypeBits) == Report && pdu.Fault is null;
    }

    private static long? Millis(OffsetDateTime? at) => at?.ToInstant().ToUnixTimeMilliseconds();
}
