using System.Runtime.CompilerServices;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>
/// A modem whose cable may come off: it is opened again with growing pauses and says so in between. Another modem or
/// SIM behind the same port is another endpoint, never taken for the old one.
/// </summary>
public sealed class SteadyAtRadio : IRadio
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
    ];

    private readonly Func<CancellationToken, Task<AtRadio>> open;
    private readonly TimeProvider time;
    private volatile AtRadio radio;
    private volatile bool away;

    private SteadyAtRadio(AtRadio radio, Func<CancellationToken, Task<AtRadio>> open, TimeProvider time) =>
        (this.radio, this.open, this.time) = (radio, open, time);

    /// <param name="open">Opens the port and starts the modem; the first time it must succeed.</param>
    public static async Task<SteadyAtRadio> Open(
        Func<CancellationToken, Task<AtRadio>> open,
        TimeProvider time,
        CancellationToken stop
    ) => new(await open(stop), open, time);

    public IReadOnlyList<RadioSim> Sims => radio.Sims;

    private string Sim => radio.Sims[0].Sim;

    public async IAsyncEnumerable<RadioEvent> Events([EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            await foreach (var happened in radio.Events(stop))
            {
                if (happened is not RadioClosed)
                {
                    yield return happened;
                }
            }

            away = true;
            yield return new RadioChanged(Sim, "lost");
            if (await Reopen(stop) is { } closed)
            {
                yield return closed;
                yield break;
            }

            away = false;
            yield return new RadioChanged(Sim, "ready");
        }
    }

    public async ValueTask<PartResult> SubmitPart(OutboundPart part, CancellationToken stop) =>
        away
            ? new NeverLeft(FailureClass.Radio, null, "The modem is not there.")
            : await radio.SubmitPart(part, stop);

    public Task<Evidence> Investigate(Intent intent, CancellationToken stop) =>
        radio.Investigate(intent, stop);

    public async Task<HealthReading> ReadHealth(CancellationToken stop) =>
        away ? new(new(), [new(Sim, Slot: 1, Radio: "off")]) : await radio.ReadHealth(stop);

    /// <summary>What is confirmed while the modem is away is found, told and confirmed again when it is back.</summary>
    public Task ConfirmInbound(InboundKey key, CancellationToken stop) => radio.ConfirmInbound(key, stop);

    public ValueTask DisposeAsync() => radio.DisposeAsync();

    /// <summary>Null when the same modem is back; else why it will not be.</summary>
    private async Task<RadioClosed?> Reopen(CancellationToken stop)
    {
        var before = radio.Identity;
        await radio.DisposeAsync();
        for (var tries = 0; ; tries++)
        {
            await Task.Delay(Pauses[Math.Min(tries, Pauses.Length - 1)], time, stop);
            try
            {
                radio = await open(stop);
            }
            catch (IOException)
            {
                continue;
            }

            return (radio.Identity.Imei, radio.Identity.Imsi) == (before.Imei, before.Imsi)
                ? null
                : new RadioClosed("Another modem or SIM answers on this port.");
        }
    }
}
