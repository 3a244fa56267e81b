namespace Gateway.Domain.Telephony;

/// <summary>What a network's report proves about one segment (3GPP TS 23.040, 9.2.3.15).</summary>
public enum ReportOutcome
{
    /// <summary>The handset has it.</summary>
    Delivered,

    /// <summary>The centre is done with it but doesn't vouch for the delivery: it stays sent.</summary>
    Unconfirmed,

    /// <summary>The centre still tries.</summary>
    Pending,

    /// <summary>The centre gave up.</summary>
    Undelivered,
}

/// <summary>Reads the status octet of a delivery report.</summary>
public static class DeliveryReport
{
    /// <summary>Sorts TP-Status, 0 to 255, into what it proves.</summary>
    public static ReportOutcome Classify(int status) =>
        status switch
        {
            0x00 => ReportOutcome.Delivered,
            < 0x20 => ReportOutcome.Unconfirmed,
            < 0x40 => ReportOutcome.Pending,
            < 0x80 => ReportOutcome.Undelivered,
            _ => ReportOutcome.Unconfirmed,
        };
}
