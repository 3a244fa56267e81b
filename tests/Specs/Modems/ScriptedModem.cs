using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

namespace Gateway.Specs.Modems;

/// <summary>A modem's end of a wire in memory: it says what a spec put down for what is written to it.</summary>
internal sealed class ScriptedModem : Stream
{
    private readonly Channel<byte[]> said = Channel.CreateUnbounded<byte[]>();
    private readonly ConcurrentQueue<(string Written, string? Answer)> script = new();
    private int untaken;
    private bool handedOut;

    /// <summary>Everything that was written to it, in order.</summary>
    public ConcurrentQueue<string> Written { get; } = new();

    /// <summary>All it said has been read and taken in.</summary>
    public bool IsRead => Volatile.Read(ref untaken) == 0;

    /// <summary>When something that begins so is written next, it says this; null says nothing.</summary>
    public ScriptedModem On(string written, string? answer)
    {
        script.Enqueue((written, answer));
        return this;
    }

    public void Say(string text)
    {
        Interlocked.Increment(ref untaken);
        said.Writer.TryWrite(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>The cable comes off.</summary>
    public void HangUp() => said.Writer.TryComplete();

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        // Whoever reads again has taken in what it read before.
        if (handedOut)
        {
            handedOut = false;
            Interlocked.Decrement(ref untaken);
        }

        if (!await said.Reader.WaitToReadAsync(cancellationToken) || !said.Reader.TryRead(out var octets))
        {
            return 0;
        }

        handedOut = true;
        octets.CopyTo(buffer);
        return octets.Length;
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var text = Encoding.Latin1.GetString(buffer.Span);
        Written.Enqueue(text);
        if (script.TryPeek(out var next) && text.StartsWith(next.Written, StringComparison.Ordinal))
        {
            script.TryDequeue(out _);
            if (next.Answer == HungUp)
            {
                HangUp();
            }
            else if (next.Answer is { } answer)
            {
                Say(answer);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>As an answer: the cable comes off then.</summary>
    public const string HungUp = "\0hang up";

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
