using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>One SIM's work: the messages it holds, and the one whose turn it is.</summary>
internal sealed class Lane(string sim, IRadio radio, Pacing pacing)
{
    public string Sim { get; } = sim;

    public IRadio Radio { get; } = radio;

    public Pacing Pacing { get; } = pacing;

    /// <summary>Leased and waiting for a turn, in order of arrival.</summary>
    public List<Held> Waiting { get; } = [];

    /// <summary>Claimed or being claimed; one at a time.</summary>
    public Held? Current { get; set; }

    public bool IsReady { get; set; } = true;

    public bool IsPaused { get; set; }

    /// <summary>Submissions of an earlier run that are being looked into; until then nothing new goes out.</summary>
    public int Investigations { get; set; }

    /// <summary>Reports that came while a part's own verdict was still out.</summary>
    public List<DeliveryReportArrived> Early { get; } = [];

    /// <summary>Accepted parts by message reference; the newest owner of a reference stands.</summary>
    public Dictionary<int, SentPart> Sent { get; } = [];

    public SimCounters Counters { get; set; } = new();

    public long? LastSentAt { get; set; }

    public long? LastInboundAt { get; set; }

    /// <summary>Leases in hand.</summary>
    public int Held => Waiting.Count + (Current is null ? 0 : 1);

    public Held? Find(Guid message) =>
        Current?.Lease.M == message ? Current : Waiting.Find(held => held.Lease.M == message);
}

/// <summary>A part the network accepted, for matching its report.</summary>
/// <param name="Digits">The recipient's last eight: a report may have the national form.</param>
internal sealed record SentPart(Guid M, int F, int Part, string Digits);

/// <summary>A message in hand.</summary>
internal sealed class Held(Lease lease, Msisdn to, SmsText text, long takenAt)
{
    private IReadOnlyList<string>? parts;

    public Lease Lease { get; } = lease;

    public Msisdn To { get; } = to;

    public SmsText Text { get; } = text;

    /// <summary>Milliseconds since boot, as all times here.</summary>
    public long TakenAt { get; } = takenAt;

    /// <summary>From when on the lease is renewed or held again.</summary>
    public long HeldFrom { get; set; } = takenAt;

    public int Renewals { get; set; }

    public long? ClaimedAt { get; set; }

    public int Claims { get; set; }

    /// <summary>The part being submitted, counted from 1; 0 before the gateway's yes.</summary>
    public int Part { get; set; }

    public int Reference { get; set; }

    public IReadOnlyList<string> Parts => parts ??= Text.Parts();

    public string State =>
        Part > 0 ? HoldState.Submitting
        : ClaimedAt is not null ? HoldState.Claiming
        : HoldState.Taken;

    public bool IsTooLate(long now) => Lease.ValidForMs is { } valid && now - TakenAt > valid;

    public long LeaseLeft(long now) => HeldFrom + Lease.LeaseMs - now;
}
