using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Client.Wire;

namespace Gateway.Client.Archives;

/// <summary>The last line of an archive, which says that all of it is there.</summary>
/// <param name="Sha256">Of all octets before it, in lower-case hexadecimal.</param>
public sealed record ArchiveSeal(long Facts, long Streams, string Sha256)
{
    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="InvalidDataException">Its seal is missing, or doesn't fit.</exception>
    public static async Task<ArchiveSeal> Check(string path, CancellationToken cancellation = default)
    {
        await using var file = File.OpenRead(path);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        var octets = PipeReader.Create(gzip);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] last = [];
        while (true)
        {
            var read = await octets.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                hash.AppendData(last);
                var line = read.Buffer.Slice(0, read.Buffer.GetPosition(1, end));
                last = line.ToArray();
                octets.AdvanceTo(line.End);
                continue;
            }

            octets.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return In(last) is { } seal && seal.Sha256 == Convert.ToHexStringLower(hash.GetHashAndReset())
                    ? seal
                    : throw new InvalidDataException("The archive broke off, or was damaged on the way.");
            }
        }
    }

    private static ArchiveSeal? In(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, WireJson.Default.SealedLine)?.Seal;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The line that a seal stands on.</summary>
internal sealed record SealedLine(ArchiveSeal? Seal);
