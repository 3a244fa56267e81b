using Gateway.DeviceAgent.Modem.Simulator.AtFace.Texts;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>
/// A modem with one SIM of the simulated network in it, for programs that speak AT (3GPP TS 27.005, 27.007). One
/// program at a time; settings and memory stay when it goes. What comes unasked is said between commands only.
/// </summary>
public sealed class SimulatedModem : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ReportPatience = TimeSpan.FromSeconds(2);

    private readonly HostWire wire = new();
    private readonly Queue<string> unsaid = new();
    private readonly Personality personality;
    private readonly TimeProvider time;
    private readonly ModemVoice voice;
    private readonly ModemSettings settings;
    private readonly ModemMemory memory;
    private readonly DeviceCommands device;
    private readonly TextCommands texts;
    private readonly SubmitDesk desk;
    private readonly InboundDesk inbound;
    private readonly Line line;
    private bool busy;

    /// <param name="personality">Clean when left out.</param>
    public SimulatedModem(
        Carrier carrier,
        TimeProvider time,
        string sim = "sim1",
        Personality? personality = null
    )
    {
        this.personality = personality ?? Personality.Clean;
        this.time = time;
        voice = new(this.personality, carrier.Scenario.Seed);
        settings = new(this.personality);
        memory = new(this.personality.Places);
        line = carrier.Line(sim);
        device = new(settings, line, time.GetUtcNow);
        texts = new(settings, memory);
        desk = new(settings, memory, carrier, line);
        inbound = new(settings, memory);
    }

    /// <summary>How many PDUs a store holds.</summary>
    public int Stored(string store) => memory.Used(store);

    /// <summary>Receives from the network, whether or not a program is there; runs until stopped.</summary>
    public async Task Receive(CancellationToken stop)
    {
        await foreach (var happened in line.Events.ReadAllAsync(stop))
        {
            foreach (var said in inbound.Take(happened))
            {
                await Say(said);
            }

            if (happened is LineChanged { State: LineState.Lost })
            {
                wire.Cut();
            }
        }
    }

    /// <summary>Serves one program until it hangs up.</summary>
    /// <param name="cut">Takes the cable off, when the scenario wants it.</param>
    public async Task Serve(Stream stream, Action cut, CancellationToken stop)
    {
        wire.Take(stream, cut);
        var (input, buffer) = (new HostLine(), new byte[4096]);
        HostCommand? asking = null;
        try
        {
            while (await stream.ReadAsync(buffer, stop) is var count and > 0)
            {
                for (var i = 0; i < count; i++)
                {
                    asking = await Take(input, (char)buffer[i], asking, stop);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program is gone; the next one is welcome.
        }
        finally
        {
            wire.Drop();
            busy = false;
        }
    }

    public void Dispose() => wire.Dispose();

    /// <returns>The command that waits for its PDU, if one does.</returns>
    private async Task<HostCommand?> Take(
        HostLine input,
        char octet,
        HostCommand? asking,
        CancellationToken stop
    )
    {
        if (settings.Echo)
        {
            await wire.Write(octet.ToString());
        }

        var (kind, text) = input.Push(octet);
        switch (kind)
        {
            case HostInput.Line:
                busy = true;
                asking = await Run(text, stop);
                break;
            case HostInput.Pdu:
                await Finish(await desk.Take(asking!, text, stop));
                asking = null;
                break;
            case HostInput.Escaped:
                await Finish(Reply.Ok);
                asking = null;
                break;
            default:
                return asking;
        }

        input.TakesPdu = asking is not null;
        if (asking is null)
        {
            await SayAll();
        }

        return asking;
    }

    private async Task<HostCommand?> Run(string text, CancellationToken stop)
    {
        var reply = Reply.Ok;
        var lines = new List<string>();
        foreach (var command in HostCommand.Parse(text) ?? [])
        {
            if (SubmitDesk.Prompts(command))
            {
                await Task.Delay(personality.PromptAfter, time, stop);
                await wire.Write(ModemVoice.Prompt);
                return command;
            }

            reply =
                device.Answer(command)
                ?? texts.Answer(command)
                ?? await desk.Answer(command, stop)
                ?? Reply.Error;
            lines.AddRange(reply.Lines);
            if (reply.Final != "OK")
            {
                break;
            }
        }

        await Finish(reply with { Lines = lines });
        foreach (var said in inbound.TryAgain())
        {
            await Say(said);
        }

        return null;
    }

    private async Task Finish(Reply reply)
    {
        if (reply.Resets)
        {
            settings.Reset();
            settings.Echo = personality.Echo;
            wire.Cut();
            return;
        }

        await wire.Write(voice.Lines(reply));
        if (personality.ReportsBeforeOk && reply.Lines is [['+', 'C', 'M', 'G', 'S', ..]])
        {
            await ReportsNow();
        }

        await wire.Write(voice.Final(reply));
        if (reply.Then is { } then)
        {
            unsaid.Enqueue(then);
        }
    }

    /// <summary>What comes within moments is said before the final result.</summary>
    private async Task ReportsNow()
    {
        for (var waited = TimeSpan.Zero; waited < ReportPatience; waited += Moment)
        {
            if (TryNext(out var said))
            {
                await wire.Write(voice.Unasked(said!));
                return;
            }

            await Task.Delay(Moment, time);
        }
    }

    private async Task Say(string said)
    {
        lock (unsaid)
        {
            unsaid.Enqueue(said);
        }

        if (!busy)
        {
            await SayAll();
        }
    }

    private async Task SayAll()
    {
        busy = false;
        while (TryNext(out var said))
        {
            await wire.Write(voice.Unasked(said!));
        }
    }

    private bool TryNext(out string? said)
    {
        lock (unsaid)
        {
            return unsaid.TryDequeue(out said);
        }
    }
}
