using System.Text;
using System.Threading.Channels;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>
/// The wire to one modem: writes octets, reads lines, gives each line to the command under way or to the notices.
/// Once a read or write has failed the port is gone, and nothing is read or written any more.
/// </summary>
internal sealed class AtLine : IAsyncDisposable
{
    private static readonly TimeSpan WriteWait = TimeSpan.FromSeconds(5);

    private readonly Channel<Notice> notices = Channel.CreateUnbounded<Notice>();
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly Stream stream;
    private readonly TimeProvider time;
    private readonly AtTokens tokens;
    private readonly Task reading;
    private AtExchange? running;
    private string? noticeHead;
    private volatile string? lost;

    public AtLine(Stream stream, TimeProvider time)
    {
        (this.stream, this.time) = (stream, time);
        tokens = new(Take, () => running?.Prompt());
        reading = Task.Run(Read);
    }

    /// <summary>What came unasked, in order; it ends when the port is gone.</summary>
    public ChannelReader<Notice> Notices => notices.Reader;

    public WireTape Tape { get; } = new();

    /// <summary>Why the port is gone; null while it is there.</summary>
    public string? Lost => lost;

    /// <summary>Writes a command; lines are its own from now on, until <see cref="End"/>.</summary>
    public async Task<AtExchange> Begin(string command, bool expectPrompt)
    {
        var exchange = new AtExchange(command);
        lock (gate)
        {
            running = exchange;
            tokens.ExpectsPrompt = expectPrompt;
            if (lost is not null)
            {
                exchange.End(AtFinal.PortLost);
            }
        }

        await Write(command + "\r");
        return exchange;
    }

    /// <summary>Lines belong to nobody again; what comes late is on the tape only.</summary>
    public void End()
    {
        lock (gate)
        {
            running = null;
            tokens.ExpectsPrompt = false;
        }
    }

    public async Task Write(string text)
    {
        if (lost is not null)
        {
            return;
        }

        Tape.Sent(text.TrimEnd());
        try
        {
            var written = stream.WriteAsync(Encoding.Latin1.GetBytes(text), closing.Token).AsTask();
            await written.WaitAsync(WriteWait, time);
            await stream.FlushAsync(closing.Token);
        }
        catch (Exception e)
        {
            Lose($"Writing to the port failed: {e.GetType().Name}.");
        }
    }

    public void Lose(string why)
    {
        lock (gate)
        {
            lost ??= why;
            running?.End(AtFinal.PortLost);
            notices.Writer.TryComplete();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Lose("The port was closed.");
        await closing.CancelAsync();
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(2)));
    }

    private async Task Read()
    {
        var buffer = new byte[4096];
        try
        {
            while (lost is null && await stream.ReadAsync(buffer, closing.Token) is var count and > 0)
            {
                tokens.Push(buffer.AsSpan(0, count));
            }

            Lose("The port was closed by the other side.");
        }
        catch (Exception e)
        {
            Lose($"Reading from the port failed: {e.GetType().Name}.");
        }
    }

    private void Take(string line)
    {
        Tape.Received(line);
        lock (gate)
        {
            if (noticeHead is { } head)
            {
                noticeHead = null;
                notices.Writer.TryWrite(new(head, line));
            }
            else if (running?.Take(line) is not true)
            {
                TakeNotice(line);
            }
        }
    }

    private void TakeNotice(string line)
    {
        if (Notice.HasBody(line))
        {
            noticeHead = line;
        }
        else if (Notice.Is(line))
        {
            notices.Writer.TryWrite(new(line));
        }
    }
}
