using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>The carrier's in-process face: a radio without hardware.</summary>
public sealed class SimulatedRadio : IRadio
{
    private static readonly RadioCapabilities Everything = new(
        DeliveryReports: "allParts",
        RadioVerdict: "code",
        Signal: true,
        Battery: true,
        Temperature: true
    );

    private readonly Carrier carrier;
    private readonly SimulatedHealth health;

    public SimulatedRadio(Carrier carrier, TimeProvider time)
    {
        this.carrier = carrier;
        health = new(carrier, time);
        Sims =
        [
            .. carrier.Lines.Select(line => new RadioSim(
                line.Sim.Sim,
                Everything,
                line.Sim.Number,
                line.Sim.Operator
            )),
        ];
    }

    public IReadOnlyList<RadioSim> Sims { get; }

    /// <summary>The network behind it, for demonstrations and tests that let people text us.</summary>
    public Carrier Carrier => carrier;

    /// <summary>Opens <c>sim:[scenario.json]?seed=&amp;acceptMs=&amp;reportMs=&amp;sim=&amp;number=&amp;sims=&amp;truth=&amp;device=</c>.</summary>
    public static SimulatedRadio Open(RadioUri uri, TimeProvider time)
    {
        var scenario = uri.Path.Length > 0 ? Scenario.Parse(File.ReadAllText(uri.Path)) : new();
        return new(
            new(
                SimulatedOptions.Apply(uri, scenario),
                time,
                SimulatedOptions.Truth(uri),
                uri.Text("device") ?? "d1"
            ),
            time
        );
    }

    public async ValueTask<PartResult> SubmitPart(OutboundPart part, CancellationToken stop)
    {
        if (carrier.Scenario.Crash is not null)
        {
            // The stages cost a write to disk each; they matter here only to crash between them.
            await part.Reached(SubmitStage.Prompted);
            await part.Reached(SubmitStage.Writing);
        }
        var verdict = await carrier.Submit(
            part.Sim,
            new(
                part.To.Value,
                part.Text,
                part.Part,
                part.Of,
                part.Of > 1 ? part.Reference : null,
                part.Report,
                $"{part.Message}/{part.Part}"
            ),
            stop
        );
        return verdict.Answer switch
        {
            CarrierAnswer.Accepted => new Accepted(verdict.Reference),
            CarrierAnswer.Error => CmsVerdict.Of(verdict.Code),
            _ => new Unknown("The radio gave no answer."),
        };
    }

    public async IAsyncEnumerable<RadioEvent> Events([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var happened in Merged(stop).ReadAllAsync(stop))
        {
            yield return Told(happened);
        }
    }

    public Task<Evidence> Investigate(Intent intent, CancellationToken stop) =>
        Task.FromResult(
            carrier.Scenario.Investigate switch
            {
                "sent" => new Evidence(Conclusion.Sent, "The scenario says it was sent.", Radio: "simulator"),
                "notSent" => new(
                    Conclusion.NotSent,
                    "The scenario says it was not sent.",
                    Radio: "simulator"
                ),
                _ => new(Conclusion.Unknown, "Nothing tells whether it was sent.", Radio: "simulator"),
            }
        );

    public Task<HealthReading> ReadHealth(CancellationToken stop) => Task.FromResult(health.Read());

    public Task ConfirmInbound(InboundKey key, CancellationToken stop) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        carrier.Dispose();
        return ValueTask.CompletedTask;
    }

    private static RadioEvent Told(CarrierEvent happened) =>
        happened switch
        {
            ReportCame r => new DeliveryReportArrived(
                r.Sim,
                r.Reference,
                r.To,
                r.Status,
                r.AcceptedAt.ToUnixTimeMilliseconds(),
                r.DoneAt.ToUnixTimeMilliseconds(),
                Raw: null
            ),
            TextCame t => new InboundArrived(
                new(
                    $"{t.Sim}/{Truth.Hash($"{t.Name}|{t.From}|{t.Text}|{t.At.ToUnixTimeMilliseconds()}")[..32]}"
                ),
                t.Sim,
                t.From,
                t.From.StartsWith('+') ? "international"
                    : t.From.All(char.IsDigit) ? "national"
                    : "alphanumeric",
                t.Text,
                t.At.ToUnixTimeMilliseconds(),
                t.Parts
            ),
            LineChanged { State: LineState.Absent } l => new SimChanged(l.Sim, "absent"),
            LineChanged l => new RadioChanged(l.Sim, SimulatedHealth.Radio(l.State)),
            _ => throw new InvalidOperationException("The carrier has no other events."),
        };

    private ChannelReader<CarrierEvent> Merged(CancellationToken stop)
    {
        if (carrier.Lines.Count == 1)
        {
            return carrier.Lines.First().Events;
        }
        var all = Channel.CreateUnbounded<CarrierEvent>();
        foreach (var line in carrier.Lines)
        {
            _ = Pump(line.Events, all.Writer, stop);
        }
        return all.Reader;
    }

    private static async Task Pump(
        ChannelReader<CarrierEvent> from,
        ChannelWriter<CarrierEvent> to,
        CancellationToken stop
    )
    {
        while (!stop.IsCancellationRequested && await from.WaitToReadAsync(CancellationToken.None))
        {
            while (!stop.IsCancellationRequested && from.TryRead(out var happened))
            {
                to.TryWrite(happened);
            }
        }
    }
}
