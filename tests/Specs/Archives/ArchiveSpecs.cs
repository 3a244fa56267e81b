using System.Text.Json;
using Gateway.Api.Archives;
using NodaTime;

namespace Gateway.Specs.Archives;

public class ArchiveSpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Guid Stream = new("01920000-0000-7000-8000-000000000001");

    [Fact]
    public async Task What_was_written_is_read()
    {
        var lines = await Read(await Written(Fact(1, 1), Fact(7, 2)));

        Assert.Equal("complete", lines[0].Archive!.Kind);
        Assert.Equal([1, 7], lines[1..3].Select(line => line.Fact!.Position));
        Assert.Equal("""{"text":"Hello €"}""", lines[1].Fact!.Data.GetRawText());
        Assert.Equal((2, 1), (lines[3].Seal!.Facts, lines[3].Seal!.Streams));
    }

    [Fact]
    public async Task Cut_off_anywhere_it_is_refused()
    {
        var file = await Written(Fact(1, 1), Fact(2, 2));

        for (var length = 0; length < file.Length - GzipEnd; length++)
        {
            await Refused(file[..length]);
        }
    }

    [Fact]
    public async Task Changed_anywhere_it_is_refused()
    {
        var file = await Written(Fact(1, 1), Fact(2, 2));

        for (var place = GzipHeader; place < file.Length - GzipEnd; place++)
        {
            byte[] changed = [.. file];
            changed[place] ^= 0x10;
            await Refused(changed);
        }
    }

    [Fact]
    public async Task Facts_out_of_their_order_are_refused() =>
        await Refused(await Written(Fact(2, 1), Fact(1, 2)));

    [Fact]
    public async Task What_stands_behind_the_seal_is_refused()
    {
        var file = await Written(Fact(1, 1));

        await Refused([.. file, .. file]);
    }

    [Fact]
    public async Task A_newer_format_is_told_from_what_is_no_archive()
    {
        var newer = await Refused(
            await Packed("""{"archive":{"format":"gateway-archive","version":2,"odd":1}}""")
        );
        var foreign = await Refused(await Packed("""{"version":2}"""));

        Assert.Contains("version 2", newer);
        Assert.Contains("not an archive", foreign);
    }

    /// <summary>The name of the packer and the time of packing, which nobody reads.</summary>
    private const int GzipHeader = 10;

    /// <summary>The packer's own end and sum, which add nothing to the seal.</summary>
    private const int GzipEnd = 12;

    private static ArchivedFact Fact(long position, long version) =>
        new(
            position,
            Guid.CreateVersion7(),
            "default",
            Stream,
            version,
            "message_queued",
            Noon,
            JsonSerializer.Deserialize<JsonElement>("""{"text":"Hello €"}""")
        );

    private static async Task<byte[]> Written(params ArchivedFact[] facts)
    {
        using var file = new MemoryStream();
        await using (var archive = new ArchiveWriter(file))
        {
            await archive.Begin(ArchiveKinds.Complete, 7, Noon, TestContext.Current.CancellationToken);
            foreach (var fact in facts)
            {
                await archive.Write(fact, TestContext.Current.CancellationToken);
            }

            await archive.Seal(TestContext.Current.CancellationToken);
        }

        return file.ToArray();
    }

    private static async Task<byte[]> Packed(string line)
    {
        using var file = new MemoryStream();
        await using (
            var gzip = new System.IO.Compression.GZipStream(
                file,
                System.IO.Compression.CompressionMode.Compress
            )
        )
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{line}\n"));
        }

        return file.ToArray();
    }

    private static async Task<List<ArchiveLine>> Read(byte[] file)
    {
        using var octets = new MemoryStream(file);
        return await ArchiveReader.Lines(octets, TestContext.Current.CancellationToken).ToListAsync();
    }

    private static async Task<string> Refused(byte[] file) =>
        (await Assert.ThrowsAsync<ArchiveIsRefusedException>(() => Read(file))).Message;
}
