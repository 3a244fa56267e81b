namespace Gateway.Client.History;

/// <summary>A stream that counts as broken when nothing comes for too long; keep-alives are something.</summary>
internal sealed class ListeningStream(Stream inner, GatewayClientOptions options) : Stream
{
    private int lineEnds;

    /// <summary>Whether what was read so far ends with an empty line, as every event does.</summary>
    public bool IsBetweenEvents => lineEnds >= 2;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        using var silence = new CancellationTokenSource(options.Silence, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            var length = await inner.ReadAsync(buffer, either.Token);
            Note(buffer.Span[..length]);
            return length;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"Nothing came for {options.Silence.TotalSeconds:0} seconds.");
        }
    }

    public override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Note(ReadOnlySpan<byte> read)
    {
        foreach (var octet in read)
        {
            lineEnds = octet switch
            {
                (byte)'\n' => lineEnds + 1,
                (byte)'\r' => lineEnds,
                _ => 0,
            };
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
