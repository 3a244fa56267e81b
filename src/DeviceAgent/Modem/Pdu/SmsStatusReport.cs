using NodaTime;

namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>SMS-STATUS-REPORT: the network's word on one segment (3GPP TS 23.040, 9.2.2.3).</summary>
/// <param name="MessageReference">The reference the modem told when it took the segment; one octet, it wraps.</param>
/// <param name="CentreTime">When the centre took the segment, by its clock; null when that is no time.</param>
/// <param name="DischargeTime">When it was delivered or given up; null when that is no time.</param>
/// <param name="Status">TP-ST (3GPP TS 23.040, 9.2.3.15).</param>
public sealed record SmsStatusReport(
    byte MessageReference,
    SmsAddress Recipient,
    OffsetDateTime? CentreTime,
    OffsetDateTime? DischargeTime,
    byte Status,
    SmsAddress? ServiceCentre = null
)
{
    private const int TypeBits = 0x03;
    private const int Report = 0x02;
    private const int NoMoreMessages = 0x04;

    public static Decoded<SmsStatusReport> Decode(ReadOnlySpan<byte> octets)
    {
        var pdu = new PduReader(octets);
        var centre = SmsAddress.ReadServiceCentre(ref pdu);
        if ((pdu.Octet("first octet") & TypeBits) != Report)
        {
            pdu.Refuse("The PDU is not an SMS-STATUS-REPORT.");
        }

        var reference = pdu.Octet("message reference");
        var recipient = SmsAddress.Read(ref pdu, "recipient");
        var taken = ServiceCentreTime.Read(pdu.Take(ServiceCentreTime.Octets, "time stamp"));
        var discharged = ServiceCentreTime.Read(pdu.Take(ServiceCentreTime.Octets, "discharge time"));
        var status = pdu.Octet("status");

        return pdu.End<SmsStatusReport>(new(reference, recipient, taken, discharged, status, centre));
    }

    /// <summary>Writes what a network would report; the simulated one does.</summary>
    public EncodedPdu Encode()
    {
        var pdu = new PduWriter(stackalloc byte[PduWriter.Room]);
        SmsAddress.WriteServiceCentre(ref pdu, ServiceCentre);
        pdu.Octet(Report | NoMoreMessages);
        pdu.Octet(MessageReference);
        Recipient.Write(ref pdu);
        ServiceCentreTime.Write(ref pdu, CentreTime ?? default);
        ServiceCentreTime.Write(ref pdu, DischargeTime ?? default);
        pdu.Octet(Status);
        return pdu.ToPdu();
    }
}
