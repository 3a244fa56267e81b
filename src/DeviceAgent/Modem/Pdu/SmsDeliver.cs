using NodaTime;

namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>SMS-DELIVER: one inbound segment (3GPP TS 23.040, 9.2.2.1).</summary>
/// <param name="CentreTime">When the service centre took it, by the centre's clock; null when that is no time.</param>
/// <param name="ServiceCentre">Null when the modem did not say.</param>
public sealed record SmsDeliver(
    SmsAddress From,
    Payload Payload,
    OffsetDateTime? CentreTime,
    SmsAddress? ServiceCentre = null,
    byte ProtocolId = 0
)
{
    private const int TypeBits = 0x03;
    private const int Deliver = 0x00;
    private const int NoMoreMessages = 0x04;
    private const int Header = 0x40;

    public static Decoded<SmsDeliver> Decode(ReadOnlySpan<byte> octets)
    {
        var pdu = new PduReader(octets);
        var centre = SmsAddress.ReadServiceCentre(ref pdu);
        var first = pdu.Octet("first octet");
        if ((first & TypeBits) != Deliver)
        {
            pdu.Refuse("The PDU is not an SMS-DELIVER.");
        }

        var from = SmsAddress.Read(ref pdu, "originator");
        var protocol = pdu.Octet("protocol identifier");
        var coding = DataCoding.From(pdu.Octet("data coding scheme"));
        var time = ServiceCentreTime.Read(pdu.Take(ServiceCentreTime.Octets, "time stamp"));
        var payload = Payload.Read(ref pdu, coding, (first & Header) != 0);

        return pdu.End<SmsDeliver>(new(from, payload, time, centre, protocol));
    }

    /// <summary>Writes what a network would deliver; the simulated one does.</summary>
    public EncodedPdu Encode()
    {
        var pdu = new PduWriter(stackalloc byte[PduWriter.Room]);
        SmsAddress.WriteServiceCentre(ref pdu, ServiceCentre);
        pdu.Octet(Deliver | NoMoreMessages | (Payload.Header.Octets > 0 ? Header : 0));
        From.Write(ref pdu);
        pdu.Octet(ProtocolId);
        pdu.Octet(Payload.Coding.Octet);
        ServiceCentreTime.Write(ref pdu, CentreTime ?? default);
        Payload.Write(ref pdu);
        return pdu.ToPdu();
    }
}
