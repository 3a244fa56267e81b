using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gateway.DeviceAgent.Modem.At.Inbox;
using Gateway.DeviceAgent.Modem.Pdu;
using Gateway.DeviceProtocol;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>A GSM or LTE modem behind its AT commands (3GPP TS 27.005), with one SIM.</summary>
public sealed class AtRadio : IRadio
{
    private const int EvidenceLines = 12;

    private static readonly RadioCapabilities Can = new(
        DeliveryReports: "allParts",
        RadioVerdict: "code",
        Classes: true,
        Validity: true,
        Signal: true
    );

    private readonly Channel<RadioEvent> events = Channel.CreateUnbounded<RadioEvent>();
    private readonly CancellationTokenSource closing = new();
    private readonly IAsyncDisposable port;
    private readonly AtDialogue dialogue;
    private readonly ModemSetup setup;
    private readonly AtInbox inbox;
    private readonly AtHealth health;
    private readonly string sim;
    private readonly Task watching;

    private AtRadio(
        IAsyncDisposable port,
        AtDialogue dialogue,
        ModemSetup setup,
        string sim,
        TimeProvider time
    )
    {
        (this.port, this.dialogue, this.setup, this.sim) = (port, dialogue, setup, sim);
        inbox = new(sim, time, arrived => events.Writer.TryWrite(arrived));
        health = new(dialogue, sim, setup);
        watching = Task.Run(() => Watch(new(dialogue, setup.Stores, inbox, time)));
    }

    /// <summary>Opens <c>at:…</c>, <c>at+tcp:…</c> or <c>at+unix:…</c> with the options <c>baud</c>, <c>sim</c> and <c>pin</c>.</summary>
    /// <exception cref="IOException">The port isn't there, or no fit modem answers.</exception>
    public static async Task<AtRadio> Open(RadioUri uri, TimeProvider time, CancellationToken stop)
    {
        var port = await ModemPort.Open(uri, stop);
        return await Start(port.Stream, port, time, uri.Text("sim") ?? "sim1", uri.Text("pin"), stop);
    }

    /// <summary>Starts the modem behind a stream up.</summary>
    /// <param name="port">Closed with the radio.</param>
    /// <param name="sim">The name of its SIM.</param>
    /// <param name="pin">Entered once if the SIM asks for it.</param>
    /// <exception cref="ModemUnfitException">It is no modem that can send texts.</exception>
    public static async Task<AtRadio> Start(
        Stream stream,
        IAsyncDisposable port,
        TimeProvider time,
        string sim = "sim1",
        string? pin = null,
        CancellationToken stop = default
    )
    {
        var dialogue = new AtDialogue(stream, time);
        try
        {
            return new(port, dialogue, await new AtStartup(dialogue, pin).Run(stop), sim, time);
        }
        catch
        {
            await dialogue.DisposeAsync();
            await port.DisposeAsync();
            throw;
        }
    }

    /// <summary>Which modem and SIM it is.</summary>
    public ModemIdentity Identity => setup.Identity;

    public IReadOnlyList<RadioSim> Sims =>
        [
            new(
                sim,
                setup.Pushes ? Can : Can with { Inbound = "poll", PollSeconds = AtWatch.SweepSeconds },
                setup.Identity.Number,
                setup.Identity.Operator
            ),
        ];

    /// <summary>A report may leave the modem some time after the reader has asked for what comes after it.</summary>
    public async IAsyncEnumerable<RadioEvent> Events([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var happened in events.Reader.ReadAllAsync(stop))
        {
            yield return happened;
            if (happened is DeliveryReportArrived report)
            {
                inbox.Confirm(report);
            }
        }
    }

    public async ValueTask<PartResult> SubmitPart(OutboundPart part, CancellationToken stop)
    {
        if (!Fits(part))
        {
            return new NeverLeft(FailureClass.Permanent, null, "The text does not fit into one segment.");
        }

        if (part is { Of: > 1, Part: 1 })
        {
            await dialogue.Ask("AT+CMMS=1", stop: stop);
        }

        var pdu = PduOf(part).Encode();
        var (answer, written) = await dialogue.Submit(
            $"AT+CMGS={pdu.TpduLength}",
            pdu.Hex,
            part.Reached,
            stop
        );
        return AtSubmission.ResultOf(answer, written, dialogue.Tape);
    }

    /// <summary>Before the first octet of the PDU went out nothing can have left; after that a modem remembers nothing.</summary>
    public Task<Evidence> Investigate(Intent intent, CancellationToken stop)
    {
        var evidence =
            intent.Stage < SubmitStage.Writing
                ? new Evidence(Conclusion.NotSent, "The text was never written to the modem.")
                : new Evidence(Conclusion.Unknown, "The modem keeps no copy of what it sent.");
        return Task.FromResult(
            evidence with
            {
                Lines = dialogue.Tape.Last(EvidenceLines),
                Radio = setup.Identity.Imei,
            }
        );
    }

    public Task<HealthReading> ReadHealth(CancellationToken stop) => health.Read(stop);

    public Task ConfirmInbound(InboundKey key, CancellationToken stop) => Delete(inbox.Confirm(key), stop);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await dialogue.DisposeAsync();
        await port.DisposeAsync();
        await watching;
        setup.Stores.Dispose();
    }

    private static bool Fits(OutboundPart part)
    {
        var width = part.Alphabet == SmsAlphabet.Gsm7 ? SegmentWidth.Gsm7 : SegmentWidth.Ucs2;
        var units = part.Text.Length;
        return width.Alphabet?.TryCount(part.Text, out units) is not false
            && units <= (part.Of > 1 ? width.Each : width.Alone);
    }

    private static SmsSubmit PduOf(OutboundPart part)
    {
        var coding = new DataCoding(
            part.Alphabet == SmsAlphabet.Gsm7 ? Coding.Gsm7 : Coding.Ucs2,
            part.Class
        );
        var header =
            part.Of > 1
                ? new UserDataHeader(
                    new Concatenation(part.Reference & 0xFF, part.Of, part.Part, Wide: false)
                )
                : UserDataHeader.None;
        return new(
            SmsAddress.Of(part.To.Value),
            Payload.Of(part.Text, coding, header),
            Validity: part.Validity is { } validity ? ValidityPeriod.Octet((int)validity.TotalMinutes) : null,
            StatusReport: part.Report,
            RejectDuplicates: part.Repeat
        );
    }

    private async Task Delete(IReadOnlyList<StoredPdu> safe, CancellationToken stop)
    {
        foreach (var stored in safe)
        {
            await setup.Stores.Delete(stored, stop);
        }
    }

    /// <summary>Until the port is gone or the radio is closed; then that is the last thing said.</summary>
    private async Task Watch(AtWatch watch)
    {
        try
        {
            await foreach (var state in watch.Run(closing.Token))
            {
                events.Writer.TryWrite(new SimChanged(sim, state));
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested) { }
        finally
        {
            events.Writer.TryWrite(new RadioClosed(dialogue.Lost ?? "The radio was closed."));
            events.Writer.TryComplete();
        }
    }
}
