using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Gateway.Api.Setup;
using NodaTime;

namespace Gateway.Api.Archives;

/// <summary>Writes an archive line by line; what was written is held no longer than until the next 64 KiB are full.</summary>
public sealed class ArchiveWriter(Stream target) : IAsyncDisposable
{
    private const int OctetsAtOnce = 64 * 1024;

    private readonly GZipStream file = new(target, CompressionLevel.Optimal, leaveOpen: true);
    private readonly ArrayBufferWriter<byte> waiting = new(2 * OctetsAtOnce);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long facts;
    private long streams;

    /// <param name="kind">One of <see cref="ArchiveKinds"/>.</param>
    public Task Begin(string kind, long upTo, Instant now, CancellationToken cancellation)
    {
        var (name, newest) = (ArchiveHeader.Name, ArchiveHeader.Newest);
        var header = new ArchiveHeader(name, newest, kind, CommandLine.Version, upTo, now);
        return Write(new ArchiveLine(Archive: header), cancellation);
    }

    public Task Write(ArchivedFact fact, CancellationToken cancellation)
    {
        facts++;
        streams += fact.Version == 1 ? 1 : 0;
        return Write(new ArchiveLine(Fact: fact), cancellation);
    }

    public Task Write(KeptDocument kept, CancellationToken cancellation) =>
        Write(new ArchiveLine(Kept: kept), cancellation);

    /// <summary>Only now it is whole.</summary>
    public async Task Seal(CancellationToken cancellation)
    {
        var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        await Write(new ArchiveLine(Seal: new(facts, streams, sum)), cancellation);
        await Flush(cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        hash.Dispose();
    }

    private async Task Write(ArchiveLine line, CancellationToken cancellation)
    {
        byte[] octets = [.. line.Write(), (byte)'\n'];
        hash.AppendData(octets);
        waiting.Write(octets);
        if (waiting.WrittenCount >= OctetsAtOnce)
        {
            await Flush(cancellation);
        }
    }

    private async Task Flush(CancellationToken cancellation)
    {
        await file.WriteAsync(waiting.WrittenMemory, cancellation);
        waiting.ResetWrittenCount();
    }
}
