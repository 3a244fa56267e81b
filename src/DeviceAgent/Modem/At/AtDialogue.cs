using System.Threading.Channels;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>
/// The talk with one modem: one command at a time, notices sorted out, and a silent modem brought back to its senses
/// before the next command (ITU-T V.250; 3GPP TS 27.005, 27.007). A late answer is never paired with a new command.
/// </summary>
public sealed class AtDialogue(Stream stream, TimeProvider time) : IAsyncDisposable
{
    private const string Escape = "\u001b";
    private const string Send = "\u001a";

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PromptWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan VerdictWait = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>A modem that sleeps, or a machine that is busy, may need seconds; most answer the first time.</summary>
    private static readonly TimeSpan[] WakeWaits = [Quiet, Quiet, 2 * Quiet, 4 * Quiet, 8 * Quiet];
    private static readonly AtAnswer Nothing = new(AtFinal.Silence, null, []);

    private readonly AtLine line = new(stream, time);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>What the modem says unasked, in order; it ends when the port is gone.</summary>
    public ChannelReader<Notice> Notices => line.Notices;

    public WireTape Tape => line.Tape;

    /// <summary>Why the port is gone; null while it is there.</summary>
    public string? Lost => line.Lost;

    /// <summary>Gives a command and waits for its final result, usually at most 10 seconds.</summary>
    public async Task<AtAnswer> Ask(string command, TimeSpan? wait = null, CancellationToken stop = default)
    {
        await turn.WaitAsync(stop);
        try
        {
            var answer = await Exchange(command, wait ?? Usual);
            if (answer.Final == AtFinal.Silence)
            {
                await Recover(null);
            }

            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Gives a command that asks for a PDU: waits for the prompt, writes the PDU in one piece, waits for the verdict.
    /// </summary>
    /// <param name="reached">Awaited at every stage; when it throws before the PDU is written, nothing is.</param>
    /// <returns>The answer, and whether the PDU may have been written.</returns>
    public async Task<(AtAnswer Answer, bool Written)> Submit(
        string command,
        string pdu,
        Func<SubmitStage, ValueTask> reached,
        CancellationToken stop
    )
    {
        await turn.WaitAsync(stop);
        try
        {
            await reached(SubmitStage.Opened);
            var exchange = await line.Begin(command, expectPrompt: true);
            if (!await AwaitPrompt(exchange, reached, stop))
            {
                return (exchange.Final.IsCompleted ? await exchange.Final : Nothing, false);
            }

            exchange.ExpectEcho(pdu);
            await line.Write(pdu + Send);
            await reached(SubmitStage.Written);
            return (await Verdict(exchange, stop), true);
        }
        finally
        {
            line.End();
            turn.Release();
        }
    }

    /// <summary>Wakes a modem that may be in the middle of anything: true when it answers.</summary>
    public async Task<bool> Wake(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await line.Write(Escape + "\r");
            for (var i = 0; i < WakeWaits.Length && Lost is null; i++)
            {
                if (!(await Exchange("AT", WakeWaits[i])).IsOk)
                {
                    continue;
                }

                if (i > 0)
                {
                    // That may have been the late OK of an earlier try: let the wire fall silent first.
                    await Task.Delay(Quiet, time, stop);
                }

                return true;
            }

            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    /// <summary>True when the PDU may be written now; everything that is needed before is on disk then.</summary>
    private async Task<bool> AwaitPrompt(
        AtExchange exchange,
        Func<SubmitStage, ValueTask> reached,
        CancellationToken stop
    )
    {
        try
        {
            if (!await exchange.Prompted.WaitAsync(PromptWait, time, stop))
            {
                return false;
            }

            await reached(SubmitStage.Prompted);
            await reached(SubmitStage.Writing);
            stop.ThrowIfCancellationRequested();
            return Lost is null;
        }
        catch (TimeoutException)
        {
            await Recover(exchange);
            return false;
        }
        catch
        {
            // The modem still waits for a PDU: an escape takes the command back, and nothing has left.
            await Recover(exchange);
            throw;
        }
    }

    private async Task<AtAnswer> Verdict(AtExchange exchange, CancellationToken stop)
    {
        try
        {
            return await exchange.Final.WaitAsync(VerdictWait, time, stop);
        }
        catch (TimeoutException)
        {
            var late = await Recover(exchange);
            return exchange.Final.IsCompleted ? await exchange.Final : Nothing with { Lines = late };
        }
        catch (OperationCanceledException)
        {
            return Nothing;
        }
    }

    private async Task<AtAnswer> Exchange(string command, TimeSpan wait)
    {
        try
        {
            var exchange = await line.Begin(command, expectPrompt: false);
            return await exchange.Final.WaitAsync(wait, time);
        }
        catch (TimeoutException)
        {
            return Nothing;
        }
        finally
        {
            line.End();
        }
    }

    /// <summary>After a silence: takes back whatever the modem is at, and gives back the lines that came late.</summary>
    /// <param name="current">The command that got no answer in time: what comes next may still be its own.</param>
    private async Task<IReadOnlyList<string>> Recover(AtExchange? current)
    {
        var late = new List<string>();
        await line.Write(Escape);
        if (current is not null)
        {
            await Task.WhenAny(current.Final, Task.Delay(Quiet, time));
        }

        for (var i = 0; i < 3 && Lost is null; i++)
        {
            var answer = await Exchange("AT", TimeSpan.FromSeconds(1));
            late.AddRange(answer.Lines);
            if (answer.IsOk)
            {
                // That may have been the late OK of the command before: let the wire fall silent first.
                await Task.Delay(Quiet, time);
                return late;
            }
        }

        line.Lose("The modem no longer answers.");
        return late;
    }
}
