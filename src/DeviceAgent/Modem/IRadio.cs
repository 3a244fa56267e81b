using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem;

/// <summary>Whatever can put a text on the air: a modem, a simulated network. It tells what happened and decides nothing.</summary>
public interface IRadio : IAsyncDisposable
{
    /// <summary>Its SIMs and what it can do for each; read again after every <see cref="RadioChanged"/>.</summary>
    IReadOnlyList<RadioSim> Sims { get; }

    /// <summary>What comes in, in order, for one reader. It ends after <see cref="RadioClosed"/>: open the radio anew.</summary>
    IAsyncEnumerable<RadioEvent> Events(CancellationToken stop);

    /// <summary>
    /// Submits one part: exactly one try, never a retry inside, and <see cref="Unknown"/> whenever the whole part
    /// was handed over and no answer proves either side. Called for one part at a time per SIM.
    /// </summary>
    ValueTask<PartResult> SubmitPart(OutboundPart part, CancellationToken stop);

    /// <summary>After a restart: what became of a submission nobody saw the end of?</summary>
    Task<Evidence> Investigate(Intent intent, CancellationToken stop);

    /// <summary>How the device, the SIMs and the network are, now. Never during a submission.</summary>
    Task<HealthReading> ReadHealth(CancellationToken stop);

    /// <summary>The text is safe in the journal: only now may the radio forget it.</summary>
    Task ConfirmInbound(InboundKey key, CancellationToken stop);
}

/// <summary>What a radio reports about its device and SIMs.</summary>
public sealed record HealthReading(DeviceReading Device, IReadOnlyList<SimReading> Sims);

/// <summary>Names one inbound text for good: derived from SIM, centre time, sender and content.</summary>
public readonly record struct InboundKey(string Value)
{
    public override string ToString() => Value;
}
