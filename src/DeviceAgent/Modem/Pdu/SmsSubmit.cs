namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>SMS-SUBMIT: one segment on its way to the network (3GPP TS 23.040, 9.2.2.2).</summary>
/// <param name="ServiceCentre">Null leaves it to the modem.</param>
/// <param name="Validity">Relative validity octet, see <see cref="ValidityPeriod"/>; null when none is stated or it is not relative.</param>
/// <param name="StatusReport">The network shall report delivery (TP-SRR).</param>
/// <param name="RejectDuplicates">The centre shall drop a second one with the same reference (TP-RD).</param>
/// <param name="MessageReference">Most modems put in their own.</param>
public sealed record SmsSubmit(
    SmsAddress To,
    Payload Payload,
    SmsAddress? ServiceCentre = null,
    byte? Validity = null,
    bool StatusReport = false,
    bool RejectDuplicates = false,
    bool ReplyPath = false,
    byte ProtocolId = 0,
    byte MessageReference = 0
)
{
    private const int Submit = 0x01;
    private const int Duplicates = 0x04;
    private const int ValidityFormat = 0x18;
    private const int RelativeValidity = 0x10;
    private const int OctetsOfLongValidity = 7;
    private const int Report = 0x20;
    private const int Header = 0x40;
    private const int Reply = 0x80;

    public EncodedPdu Encode()
    {
        var pdu = new PduWriter(stackalloc byte[PduWriter.Room]);
        SmsAddress.WriteServiceCentre(ref pdu, ServiceCentre);
        pdu.Octet(
            Submit
                | (RejectDuplicates ? Duplicates : 0)
                | (Validity is null ? 0 : RelativeValidity)
                | (StatusReport ? Report : 0)
                | (Payload.Header.Octets > 0 ? Header : 0)
                | (ReplyPath ? Reply : 0)
        );
        pdu.Octet(MessageReference);
        To.Write(ref pdu);
        pdu.Octet(ProtocolId);
        pdu.Octet(Payload.Coding.Octet);
        if (Validity is { } validity)
        {
            pdu.Octet(validity);
        }

        Payload.Write(ref pdu);
        return pdu.ToPdu();
    }

    /// <summary>Reads what a program hands to a modem; the simulated one needs it.</summary>
    public static Decoded<SmsSubmit> Decode(ReadOnlySpan<byte> octets)
    {
        var pdu = new PduReader(octets);
        var centre = SmsAddress.ReadServiceCentre(ref pdu);
        var first = pdu.Octet("first octet");
        if ((first & 3) != Submit)
        {
            pdu.Refuse("The PDU is not an SMS-SUBMIT.");
        }

        var reference = pdu.Octet("message reference");
        var to = SmsAddress.Read(ref pdu, "destination");
        var protocol = pdu.Octet("protocol identifier");
        var coding = DataCoding.From(pdu.Octet("data coding scheme"));
        var validity = ReadValidity(ref pdu, first & ValidityFormat);
        var payload = Payload.Read(ref pdu, coding, (first & Header) != 0);

        return pdu.End<SmsSubmit>(
            new(
                to,
                payload,
                centre,
                validity,
                (first & Report) != 0,
                (first & Duplicates) != 0,
                (first & Reply) != 0,
                protocol,
                reference
            )
        );
    }

    /// <summary>Absolute and enhanced periods are skipped over.</summary>
    private static byte? ReadValidity(ref PduReader pdu, int format)
    {
        switch (format)
        {
            case 0:
                return null;
            case RelativeValidity:
                return pdu.Octet("validity period");
            default:
                _ = pdu.Take(OctetsOfLongValidity, "validity period");
                return null;
        }
    }
}
