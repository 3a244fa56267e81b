namespace Gateway.DeviceAgent.Modem.Pdu;

/// <summary>What a delivery report proves.</summary>
public enum ReportOutcome
{
    /// <summary>The handset has it.</summary>
    Delivered,

    /// <summary>The centre is done, but does not vouch for delivery: the message stays sent.</summary>
    Unconfirmed,

    /// <summary>The centre still tries.</summary>
    Pending,

    /// <summary>It will not arrive.</summary>
    Undelivered,
}

/// <summary>The groups of TP-ST (3GPP TS 23.040, 9.2.3.15).</summary>
public enum StatusClass
{
    Success,
    TemporaryRetrying,
    PermanentFailure,
    TemporaryGaveUp,
    Reserved,
}

/// <summary>Reads TP-ST, the status octet of a delivery report (3GPP TS 23.040, 9.2.3.15).</summary>
public static class ReportStatus
{
    public static StatusClass ClassOf(byte status) =>
        (status >> 5) switch
        {
            0 => StatusClass.Success,
            1 => StatusClass.TemporaryRetrying,
            2 => StatusClass.PermanentFailure,
            3 => StatusClass.TemporaryGaveUp,
            _ => StatusClass.Reserved,
        };

    /// <summary>Only 0x00 proves delivery; what is reserved proves nothing.</summary>
    public static ReportOutcome OutcomeOf(byte status) =>
        ClassOf(status) switch
        {
            StatusClass.Success when status == 0 => ReportOutcome.Delivered,
            StatusClass.TemporaryRetrying => ReportOutcome.Pending,
            StatusClass.PermanentFailure or StatusClass.TemporaryGaveUp => ReportOutcome.Undelivered,
            _ => ReportOutcome.Unconfirmed,
        };
}
