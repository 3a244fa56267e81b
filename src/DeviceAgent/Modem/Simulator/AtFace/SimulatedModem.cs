using System.Text;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>
/// A modem with one SIM of the simulated network in it, for programs that speak AT (3GPP TS 27.005, 27.007). One
/// program at a time; settings and memory stay when it goes. What comes unasked is said between commands only.
/// </summary>
public sealed class SimulatedModem : IDisposable
{
    private const string Prompt = "\r\n> ";

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Queue<string> unsaid = new();
    private readonly ModemSettings settings = new();
    private readonly DeviceCommands device;
    private readonly TextCommands texts;
    private readonly SubmitDesk desk;
    private readonly InboundDesk inbound;
    private readonly Line line;
    private Stream? host;
    private Action? hangUp;
    private bool busy;

    /// <param name="echo">Whether it echoes before a program says otherwise.</param>
    public SimulatedModem(Carrier carrier, TimeProvider time, string sim = "sim1", bool echo = true)
    {
        var memory = new ModemMemory();
        settings.Echo = echo;
        line = carrier.Line(sim);
        device = new(settings, line, time.GetUtcNow);
        texts = new(settings, memory);
        desk = new(settings, memory, carrier, line);
        inbound = new(settings, memory);
    }

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
                hangUp?.Invoke();
            }
        }
    }

    /// <summary>Serves one program until it hangs up.</summary>
    /// <param name="cut">Takes the cable off, when the scenario wants it.</param>
    public async Task Serve(Stream stream, Action cut, CancellationToken stop)
    {
        (host, hangUp) = (stream, cut);
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
            (host, hangUp, busy) = (null, null, false);
        }
    }

    public void Dispose() => writing.Dispose();

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
            await Write(octet.ToString());
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
                await Write(Prompt);
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
        return null;
    }

    private async Task Finish(Reply reply)
    {
        var text = new StringBuilder();
        for (var i = 0; i < reply.Lines.Count; i++)
        {
            // The PDU under its heading is parted from it by a single line end.
            text.Append(i > 0 && IsHeading(reply.Lines[i - 1]) ? "" : "\r\n")
                .Append(reply.Lines[i])
                .Append("\r\n");
        }

        await Write(reply.Final is null ? text.ToString() : text.Append($"\r\n{reply.Final}\r\n").ToString());
        if (reply.Then is { } then)
        {
            unsaid.Enqueue(then);
        }
    }

    private static bool IsHeading(string line) =>
        line.StartsWith("+CMGL:", StringComparison.Ordinal)
        || line.StartsWith("+CMGR:", StringComparison.Ordinal);

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
            await Write($"\r\n{said}\r\n");
        }
    }

    private bool TryNext(out string? said)
    {
        lock (unsaid)
        {
            return unsaid.TryDequeue(out said);
        }
    }

    private async Task Write(string text)
    {
        await writing.WaitAsync();
        try
        {
            if (host is { } stream)
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            host = null;
        }
        finally
        {
            writing.Release();
        }
    }
}
