namespace Gateway.DeviceProtocol;

/// <summary>The first frame on a socket: prove who you are.</summary>
/// <param name="Nonce">At least 16 random bytes, base64; good for this socket only.</param>
/// <param name="ServerTime">Unix milliseconds.</param>
public sealed record Challenge(string Nonce, long ServerTime) : DownFrame;

/// <summary>The proof held; the session begins.</summary>
/// <param name="Ack">All facts up to this number are committed.</param>
/// <param name="LeaseMs">How long a lease holds without a claim.</param>
/// <param name="PingMs">How often the platform's ping goes out.</param>
/// <param name="HeartbeatMs">How often the gateway wants <see cref="Health"/>.</param>
public sealed record Welcome(
    string Session,
    long Ack,
    int SettingsRev = 0,
    int LeaseMs = 60_000,
    int PingMs = 20_000,
    int HeartbeatMs = 30_000,
    PacingSettings? Pacing = null
) : DownFrame;

/// <summary>How fast a device may send; null leaves the device's own setting.</summary>
/// <param name="PartsPerMinute">Parts per SIM in any 60 seconds; 0 means no limit.</param>
/// <param name="GapMinMs">The least pause between two messages on a SIM.</param>
/// <param name="GapMaxMs">The pause is random between the two.</param>
public sealed record PacingSettings(int? PartsPerMinute = null, int? GapMinMs = null, int? GapMaxMs = null);

/// <summary>One message for one SIM. Nothing may leave before a <see cref="ClaimYes"/>.</summary>
/// <param name="F">The fence: counts the leases of this message; a lower one is stale.</param>
/// <param name="To">E.164.</param>
/// <param name="Class">Message class 0 to 3 (0 shows at once and isn't kept); null for none.</param>
/// <param name="Report">Ask the network for a delivery report.</param>
/// <param name="ValidForMs">Not to be submitted later than this after arrival; null for no limit.</param>
/// <param name="LeaseMs">Without a claim or a renewal the lease lapses after this.</param>
/// <param name="Parts">The gateway's count of segments; the device declines when it counts otherwise.</param>
/// <param name="Policy">What the gateway will do in doubt: <c>hold</c>, <c>resend</c> or <c>ask</c>; information only.</param>
/// <param name="ResendOf">The fence whose doubt this lease repeats by decision; null for a first try.</param>
/// <param name="DataHex">A binary message instead of <paramref name="Text"/>.</param>
public sealed record Lease(
    Guid M,
    int F,
    string Sim,
    string To,
    string? Text = null,
    int? Class = null,
    bool Report = true,
    long? ValidForMs = null,
    long LeaseMs = 60_000,
    int Parts = 1,
    string? Policy = null,
    int? ResendOf = null,
    string? DataHex = null,
    int? Port = null
) : DownFrame;

/// <summary>Submit now: the gateway will not give this message to anyone else. The point of no return.</summary>
public sealed record ClaimYes(Guid M, int F) : DownFrame;

/// <summary>Don't submit; forget it.</summary>
/// <param name="Reason">One of <see cref="ClaimNoReason"/>.</param>
public sealed record ClaimNo(Guid M, int F, string Reason) : DownFrame;

/// <summary>The words of <see cref="ClaimNo.Reason"/>.</summary>
public static class ClaimNoReason
{
    public const string Stale = "stale";
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";
    public const string OptedOut = "optedOut";
    public const string Paused = "paused";
}

/// <summary>Drop the message unless it is claimed; answered with <see cref="Declined"/> when dropped.</summary>
public sealed record Cancel(Guid M, int F) : DownFrame;

/// <summary>What became of the message? Answered with facts.</summary>
public sealed record Query(Guid M, int F) : DownFrame;

/// <summary>All facts up to <paramref name="N"/> are committed.</summary>
public sealed record Ack(long N) : DownFrame;

/// <summary>A fact is missing: send again from this number.</summary>
public sealed record Resend(long From) : DownFrame;

/// <summary>Answer now with <see cref="Pong"/>.</summary>
public sealed record Ping : DownFrame;

/// <summary>The desired settings of a device; confirmed by the fact <c>settings.applied</c>.</summary>
public sealed record Settings(int Rev, PacingSettings? Pacing = null, int? HeartbeatMs = null) : DownFrame;

/// <summary>An order to the device itself.</summary>
/// <param name="Do">One of <see cref="CommandWord"/>; an unknown word is ignored.</param>
/// <param name="Sim">For one SIM; null for the whole device.</param>
public sealed record Command(string Do, string? Sim = null) : DownFrame;

/// <summary>The words of <see cref="Command.Do"/>.</summary>
public static class CommandWord
{
    public const string Drain = "drain";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Probe = "probe";
    public const string Restart = "restart";
}
