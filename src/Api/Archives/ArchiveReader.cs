using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Api.Archives;

/// <summary>An archive that can't be taken, and why, in one sentence.</summary>
public sealed class ArchiveIsRefusedException(string sentence) : Exception(sentence);

/// <summary>Reads an archive line by line, and refuses one that isn't as it was written.</summary>
public static class ArchiveReader
{
    private const int MostOctetsInLine = 16 * 1024 * 1024;

    /// <summary>Its lines, the header first; the seal is checked and comes last. Only then all before it can be believed.</summary>
    /// <exception cref="ArchiveIsRefusedException">It is none, newer, damaged or cut off.</exception>
    public static async IAsyncEnumerable<ArchiveLine> Lines(
        Stream file,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var octets = PipeReader.Create(gzip, new(bufferSize: 64 * 1024));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var header = HeaderIn(await Next(octets, hash, isFirst: true, cancellation));
        yield return new(header);

        var (facts, streams, last) = (0L, 0L, 0L);
        while (true)
        {
            var sum = Convert.ToHexStringLower(hash.GetCurrentHash());
            var line =
                Read(await Next(octets, hash, isFirst: false, cancellation))
                ?? throw new ArchiveIsRefusedException("it is cut off: its seal is missing");
            if (line.Seal is { } seal)
            {
                if (seal != new ArchiveSeal(facts, streams, sum))
                {
                    throw Damaged("what it holds is not what was sealed");
                }

                if (await Next(octets, hash, isFirst: false, cancellation) is not null)
                {
                    throw Damaged("something stands behind its seal");
                }

                yield return line;
                yield break;
            }

            if (
                line.Archive is not null
                || (line.Fact is { } f && (f.Position <= last || f.Position > header.UpTo))
            )
            {
                throw Damaged("its lines are not in order");
            }

            if (line.Fact is { } fact)
            {
                facts++;
                streams += fact.Version == 1 ? 1 : 0;
                last = fact.Position;
            }

            yield return line;
        }
    }

    private static ArchiveHeader HeaderIn(byte[]? line)
    {
        ArchiveHeader? header = null;
        try
        {
            using var json = JsonDocument.Parse(line ?? []);
            // Asked for by itself: a newer header may have more in it.
            var archive = json.RootElement.GetProperty("archive");
            if (
                archive.GetProperty("format").GetString() == ArchiveHeader.Name
                && archive.GetProperty("version").GetInt32() is > ArchiveHeader.Newest and var version
            )
            {
                throw new ArchiveIsRefusedException(
                    $"it has version {version} of the format and this gateway reads up to {ArchiveHeader.Newest}; take the gateway that wrote it, or a newer one"
                );
            }

            header = ArchiveLine.Read(line).Archive;
        }
        catch (Exception foreign)
            when (foreign
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            // Said below.
        }

        return header is { Format: ArchiveHeader.Name } && ArchiveKinds.All.Contains(header.Kind)
            ? header
            : throw NoArchive();
    }

    private static ArchiveLine? Read(byte[]? line)
    {
        try
        {
            return line is null ? null : ArchiveLine.Read(line);
        }
        catch (JsonException)
        {
            throw Damaged("a line of it can't be read");
        }
    }

    /// <summary>The next line, which goes into the hash; null at the end, also for one that was cut off.</summary>
    private static async Task<byte[]?> Next(
        PipeReader octets,
        IncrementalHash hash,
        bool isFirst,
        CancellationToken cancellation
    )
    {
        try
        {
            while (true)
            {
                var read = await octets.ReadAsync(cancellation);
                if (read.Buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = read.Buffer.Slice(0, read.Buffer.GetPosition(1, end)).ToArray();
                    octets.AdvanceTo(read.Buffer.GetPosition(1, end));
                    hash.AppendData(line);
                    return line;
                }

                octets.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted)
                {
                    return null;
                }

                if (read.Buffer.Length > MostOctetsInLine)
                {
                    throw new InvalidDataException();
                }
            }
        }
        catch (InvalidDataException)
        {
            throw isFirst ? NoArchive() : Damaged("it can't be unpacked");
        }
    }

    private static ArchiveIsRefusedException NoArchive() => new("it is not an archive of a gateway");

    private static ArchiveIsRefusedException Damaged(string how) => new($"it is damaged: {how}");
}
